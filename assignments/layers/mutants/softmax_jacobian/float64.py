"""The identity is float64."""

DIAGNOSIS = "although every argument is float32"


def softmax_jacobian(y):
    return np.eye(len(y)) * y - np.outer(y, y)
