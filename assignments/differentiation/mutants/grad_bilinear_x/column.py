"""A column of shape (N, 1)."""

DIAGNOSIS = "an axis of length one too many"


def grad_bilinear_x(x, A, c):
    return A @ c.reshape(-1, 1)
