"""Summed over the features, where the sum over the batch belongs."""

DIAGNOSIS = "summed over the features, where the sum over the batch belongs"


def linear_parameter_gradients(x, grad_output):
    return x.T @ grad_output, grad_output.sum(axis=1)
