"""The right numbers, squeezed, which breaks one feature."""

DIAGNOSIS = "grad_bias: the numbers are right, and an axis of length one is missing"


def linear_parameter_gradients(x, grad_output):
    return x.T @ grad_output, grad_output.sum(axis=0).squeeze()
