"""Diag(y) - y^T y: a number is subtracted from every entry."""

DIAGNOSIS = "diag(y) - y^T y: a number is subtracted from every entry"


def softmax_jacobian(y):
    return np.diag(y) - y @ y
