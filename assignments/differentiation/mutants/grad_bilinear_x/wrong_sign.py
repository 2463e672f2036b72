"""The sign is wrong."""

DIAGNOSIS = "the sign is wrong"


def grad_bilinear_x(x, A, c):
    return -(A @ c)
