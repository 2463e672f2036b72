"""G - sum_j g_j y_j: the factor y is missing."""

DIAGNOSIS = "g - sum_j g_j y_j: the factor y is missing"


def softmax_backward(grad_output, y):
    return grad_output - (grad_output * y).sum(axis=1, keepdims=True)
