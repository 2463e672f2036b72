"""A itself."""

DIAGNOSIS = "A itself"


def grad_bilinear_A(x, A, c):
    return A.copy()
