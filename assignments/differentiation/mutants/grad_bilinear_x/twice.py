"""A factor 2, as for a quadratic form."""

DIAGNOSIS = "a factor of 2 too many"


def grad_bilinear_x(x, A, c):
    return 2 * (A @ c)
