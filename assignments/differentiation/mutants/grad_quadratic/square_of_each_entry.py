"""Each entry of x is squared."""

DIAGNOSIS = "each entry of x is squared"


def grad_quadratic(x):
    return x * x
