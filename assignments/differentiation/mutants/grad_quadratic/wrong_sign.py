"""The sign is wrong."""

DIAGNOSIS = "the sign is wrong"


def grad_quadratic(x):
    return -2 * x
