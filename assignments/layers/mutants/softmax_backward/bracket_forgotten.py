"""The sum lacks the factor y."""

DIAGNOSIS = "y g - sum_j g_j y_j: the sum lacks the factor y"


def softmax_backward(grad_output, y):
    return y * grad_output - (grad_output * y).sum(axis=1, keepdims=True)
