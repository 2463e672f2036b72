"""The number x^T c."""

DIAGNOSIS = "the number x^T c"


def grad_bilinear_A(x, A, c):
    return x @ c
