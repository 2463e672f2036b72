"""C alone: A is missing."""

DIAGNOSIS = "c alone: A is missing"


def grad_bilinear_x(x, A, c):
    return c.copy()
