"""The sign is wrong."""

DIAGNOSIS = "the sign is wrong"


def linear_backward(grad_output, weight):
    return -grad_output @ weight.T
