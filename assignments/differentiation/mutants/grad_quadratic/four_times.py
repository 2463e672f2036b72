"""The product rule is applied twice."""

DIAGNOSIS = "a factor of 2 too many"


def grad_quadratic(x):
    return 4 * x
