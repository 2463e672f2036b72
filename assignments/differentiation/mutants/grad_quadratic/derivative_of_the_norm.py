"""X divided by its length: the derivative of the norm, not of its square."""

DIAGNOSIS = "x divided by its length: the derivative of the norm, not of its square"


def grad_quadratic(x):
    return x / np.sqrt(x @ x)
