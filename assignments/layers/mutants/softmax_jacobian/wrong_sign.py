"""The sign is wrong."""

DIAGNOSIS = "the sign is wrong"


def softmax_jacobian(y):
    return np.outer(y, y) - np.diag(y)
