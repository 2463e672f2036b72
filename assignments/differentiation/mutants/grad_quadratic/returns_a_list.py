"""A list in the place of an array."""

DIAGNOSIS = "returned a list"


def grad_quadratic(x):
    return [2 * value for value in x]
