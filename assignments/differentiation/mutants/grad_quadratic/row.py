"""A row, the derivative in numerator layout."""

DIAGNOSIS = "right in numerator layout"


def grad_quadratic(x):
    return 2 * x[np.newaxis]
