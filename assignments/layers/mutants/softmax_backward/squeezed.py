"""Axes of length one are squeezed away, which breaks a batch of one."""

DIAGNOSIS = "axes of length one are squeezed away, which breaks a batch of one"


def softmax_backward(grad_output, y):
    return (y * (grad_output - (grad_output * y).sum(axis=1, keepdims=True))).squeeze()
