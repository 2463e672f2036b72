"""The gradient of the first object only."""

DIAGNOSIS = "the gradient of the first object only"


def linear_parameter_gradients(x, grad_output):
    return x.T @ grad_output, grad_output[0].copy()
