"""The gradient of the last object only."""

DIAGNOSIS = "the gradient of the last object only"


def linear_parameter_gradients(x, grad_output):
    return x.T @ grad_output, grad_output[-1].copy()
