"""X as a column added to x as a row: an N x N array."""

DIAGNOSIS = "x as a column added to x as a row: an N x N array"


def grad_quadratic(x):
    return x[:, np.newaxis] + x
