"""The sum is added, where it should be subtracted."""

DIAGNOSIS = "the sum is added, where it should be subtracted"


def softmax_backward(grad_output, y):
    return y * (grad_output + (grad_output * y).sum(axis=1, keepdims=True))
