"""Sum_j g_j, where sum_j g_j y_j belongs."""

DIAGNOSIS = "sum_j g_j, where sum_j g_j y_j belongs"


def softmax_backward(grad_output, y):
    return y * (grad_output - grad_output.sum(axis=1, keepdims=True))
