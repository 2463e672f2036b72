"""Diag(y squared) - y y^T."""

DIAGNOSIS = "diag(y squared) - y y^T"


def softmax_jacobian(y):
    return np.diag(y * y) - np.outer(y, y)
