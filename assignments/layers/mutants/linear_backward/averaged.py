"""Divided by the batch size."""

DIAGNOSIS = "a factor of 1/N too many, where N is the batch size"


def linear_backward(grad_output, weight):
    return grad_output @ weight.T / len(grad_output)
