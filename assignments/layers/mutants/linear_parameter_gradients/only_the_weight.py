"""The bias gradient is not returned."""

DIAGNOSIS = "2 results are expected"


def linear_parameter_gradients(x, grad_output):
    return x.T @ grad_output
