"""Both cases added on the diagonal."""

DIAGNOSIS = "both cases added on the diagonal"


def softmax_jacobian(y):
    return np.diag(y * (1 - y)) - np.outer(y, y)
