"""Axes of length one are squeezed away, which breaks a batch of one."""

DIAGNOSIS = "axes of length one are squeezed away, which breaks a batch of one"


def linear_backward(grad_output, weight):
    return (grad_output @ weight.T).squeeze()
