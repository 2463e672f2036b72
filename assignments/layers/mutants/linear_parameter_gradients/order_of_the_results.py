"""Returned in the wrong order."""

DIAGNOSIS = "grad_weight: the result has another shape"


def linear_parameter_gradients(x, grad_output):
    return grad_output.sum(axis=0), x.T @ grad_output
