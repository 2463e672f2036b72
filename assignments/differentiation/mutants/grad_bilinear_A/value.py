"""The value x^T A c, not its derivative."""

DIAGNOSIS = "the value x^T A c, not its derivative"


def grad_bilinear_A(x, A, c):
    return x @ A @ c
