"""Grad_output itself, not summed over the batch."""

DIAGNOSIS = "grad_output itself, not summed over the batch"


def linear_parameter_gradients(x, grad_output):
    return x.T @ grad_output, grad_output.copy()
