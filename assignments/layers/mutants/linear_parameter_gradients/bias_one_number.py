"""Summed over batch and features: one number."""

DIAGNOSIS = "summed over batch and features: one number"


def linear_parameter_gradients(x, grad_output):
    return x.T @ grad_output, grad_output.sum()
