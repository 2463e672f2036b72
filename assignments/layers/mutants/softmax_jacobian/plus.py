"""Diag(y) + y y^T: the sign of the second term."""

DIAGNOSIS = "diag(y) + y y^T: the sign of the second term"


def softmax_jacobian(y):
    return np.diag(y) + np.outer(y, y)
