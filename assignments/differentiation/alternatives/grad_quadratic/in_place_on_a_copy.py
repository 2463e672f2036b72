"""A copy, doubled in place."""


def grad_quadratic(x):
    result = x.copy()
    result *= 2
    return result
