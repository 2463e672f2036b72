"""1 - y y^T."""

DIAGNOSIS = "1 - y y^T"


def softmax_jacobian(y):
    return 1 - np.outer(y, y)
