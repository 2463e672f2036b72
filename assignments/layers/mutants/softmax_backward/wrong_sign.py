"""The sign is wrong."""

DIAGNOSIS = "the sign is wrong"


def softmax_backward(grad_output, y):
    return y * ((grad_output * y).sum(axis=1, keepdims=True) - grad_output)
