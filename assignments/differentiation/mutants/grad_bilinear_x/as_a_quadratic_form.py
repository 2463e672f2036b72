"""A c + A^T c: as if x stood on both sides."""

DIAGNOSIS = "A c + A^T c: as if x stood on both sides"


def grad_bilinear_x(x, A, c):
    return A @ c + A.T @ c
