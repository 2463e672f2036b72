"""Softmax is taken of the upstream gradient."""

DIAGNOSIS = "softmax of grad_output stands where y belongs"


def softmax_backward(grad_output, y):
    y = softmax_forward(grad_output)
    return y * (grad_output - (grad_output * y).sum(axis=1, keepdims=True))
