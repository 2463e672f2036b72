"""Returned in the wrong order."""

DIAGNOSIS = "grad_weight and grad_bias have changed places"


def linear_parameter_gradients(x, grad_output):
    return grad_output.sum(axis=0), x.T @ grad_output
