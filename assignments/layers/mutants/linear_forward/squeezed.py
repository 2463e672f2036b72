"""Axes of length one are squeezed away, which breaks a batch of one."""

DIAGNOSIS = "axes of length one are squeezed away, which breaks a batch of one"


def linear_forward(x, weight, bias):
    return (x @ weight + bias).squeeze()
