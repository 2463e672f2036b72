"""A column of shape (N, 1)."""

DIAGNOSIS = "an axis of length one too many"


def grad_quadratic(x):
    return 2 * x.reshape(-1, 1)
