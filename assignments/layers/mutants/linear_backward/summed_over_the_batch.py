"""Summed over the batch: one row is left."""

DIAGNOSIS = "summed over the batch: one row is left"


def linear_backward(grad_output, weight):
    return (grad_output @ weight.T).sum(axis=0)
