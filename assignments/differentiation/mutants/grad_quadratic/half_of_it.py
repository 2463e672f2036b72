"""The factor 2 is lost."""

DIAGNOSIS = "a factor of 2 is missing"


def grad_quadratic(x):
    return x.copy()
