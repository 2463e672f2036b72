"""The sign of the weight's gradient is wrong."""

DIAGNOSIS = "grad_weight: the sign is wrong"


def linear_parameter_gradients(x, grad_output):
    return -x.T @ grad_output, grad_output.sum(axis=0)
