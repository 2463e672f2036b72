"""Y (1 - y), the diagonal as a vector."""

DIAGNOSIS = "y (1 - y), the diagonal as a vector"


def softmax_jacobian(y):
    return y * (1 - y)
