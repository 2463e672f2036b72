"""A^T c, where A c belongs."""

DIAGNOSIS = "A^T c, where A c belongs"


def grad_bilinear_x(x, A, c):
    return A.T @ c
