"""I - y y^T: the identity stands where diag(y) belongs."""

DIAGNOSIS = "I - y y^T: the identity stands where diag(y) belongs"


def softmax_jacobian(y):
    return np.eye(len(y), dtype=y.dtype) - np.outer(y, y)
