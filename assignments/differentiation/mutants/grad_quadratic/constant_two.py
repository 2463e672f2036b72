"""2 alone: x is missing."""

DIAGNOSIS = "2 alone: x is missing"


def grad_quadratic(x):
    return 2 * np.ones_like(x)
