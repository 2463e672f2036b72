"""X^T A: x stands where c belongs, on the other side."""

DIAGNOSIS = "x^T A: x stands where c belongs, on the other side"


def grad_bilinear_x(x, A, c):
    return x @ A
