"""Grad_output is passed on as it is: the weight is missing."""

DIAGNOSIS = "grad_output is passed on as it is: the weight is missing"


def linear_backward(grad_output, weight):
    return grad_output.copy()
