"""The result is made an integer."""

DIAGNOSIS = "made an integer"


def grad_quadratic(x):
    return (2 * x).astype(int)
