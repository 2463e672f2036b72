"""The bias gradient is a row of shape (1, n)."""

DIAGNOSIS = "grad_bias: an axis of length one too many"


def linear_parameter_gradients(x, grad_output):
    return x.T @ grad_output, grad_output.sum(axis=0, keepdims=True)
