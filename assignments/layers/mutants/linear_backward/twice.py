"""Twice the answer."""

DIAGNOSIS = "a factor of 2 too many"


def linear_backward(grad_output, weight):
    return 2 * grad_output @ weight.T
