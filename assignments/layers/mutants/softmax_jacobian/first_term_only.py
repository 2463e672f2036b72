"""Diag(y) alone: y y^T is missing."""

DIAGNOSIS = "diag(y) alone: y y^T is missing"


def softmax_jacobian(y):
    return np.diag(y)
