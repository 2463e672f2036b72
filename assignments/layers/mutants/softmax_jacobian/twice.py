"""Twice the answer."""

DIAGNOSIS = "a factor of 2 too many"


def softmax_jacobian(y):
    return 2 * (np.diag(y) - np.outer(y, y))
