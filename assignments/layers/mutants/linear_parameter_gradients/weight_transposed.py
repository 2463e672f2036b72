"""The weight's gradient is transposed."""

DIAGNOSIS = "grad_weight: the array is transposed"


def linear_parameter_gradients(x, grad_output):
    return grad_output.T @ x, grad_output.sum(axis=0)
