"""Doubles x in place."""

DIAGNOSIS = "changes its argument x"


def grad_quadratic(x):
    x *= 2
    return x.copy()
