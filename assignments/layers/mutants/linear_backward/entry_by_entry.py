"""Grad_output times the weight entry by entry, where the matrix product with W^T belongs."""

DIAGNOSIS = "grad_output times the weight entry by entry, where the matrix product with W^T belongs"


def linear_backward(grad_output, weight):
    return grad_output * weight
