"""G (y - sum_j g_j y_j): y and g have changed places."""

DIAGNOSIS = "g (y - sum_j g_j y_j): y and g have changed places"


def softmax_backward(grad_output, y):
    return grad_output * (y - (grad_output * y).sum(axis=1, keepdims=True))
