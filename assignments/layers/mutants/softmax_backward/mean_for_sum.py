"""The mean of g_j y_j, where their sum belongs."""

DIAGNOSIS = "the mean of g_j y_j, where their sum belongs"


def softmax_backward(grad_output, y):
    return y * (grad_output - (grad_output * y).mean(axis=1, keepdims=True))
