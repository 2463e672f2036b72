"""Grad_output W: the weight is not transposed."""

DIAGNOSIS = "grad_output W: the weight is not transposed"


def linear_backward(grad_output, weight):
    return grad_output @ weight
