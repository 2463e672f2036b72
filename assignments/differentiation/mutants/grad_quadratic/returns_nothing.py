"""The return statement is forgotten."""

DIAGNOSIS = "returned None"


def grad_quadratic(x):
    2 * x
