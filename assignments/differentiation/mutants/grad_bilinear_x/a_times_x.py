"""A x: x stands where c belongs."""

DIAGNOSIS = "A x: x stands where c belongs"


def grad_bilinear_x(x, A, c):
    return A @ x
