"""Multiplied by the length of x."""

DIAGNOSIS = "a factor of N too many, where N is the length of x"


def grad_quadratic(x):
    return 2 * x * len(x)
