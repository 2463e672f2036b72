"""X grad_output: x is not transposed."""

DIAGNOSIS = "x grad_output: x is not transposed"


def linear_parameter_gradients(x, grad_output):
    return x @ grad_output, grad_output.sum(axis=0)
