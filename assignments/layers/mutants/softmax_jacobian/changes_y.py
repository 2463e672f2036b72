"""Subtracts in place."""

DIAGNOSIS = "changes its argument y"


def softmax_jacobian(y):
    result = np.diag(y) - np.outer(y, y)
    y *= 0
    return result
