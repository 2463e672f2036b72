"""A alone: c is missing."""

DIAGNOSIS = "A alone: c is missing"


def grad_bilinear_x(x, A, c):
    return A.copy()
