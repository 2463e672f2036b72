"""Grad_output averaged over the features before it is multiplied."""

DIAGNOSIS = "grad_output averaged over the features before it is multiplied"


def linear_backward(grad_output, weight):
    return grad_output.mean(axis=1, keepdims=True) * weight.sum(axis=1)
