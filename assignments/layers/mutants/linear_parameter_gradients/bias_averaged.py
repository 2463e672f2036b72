"""The bias gradient is averaged over the batch."""

DIAGNOSIS = "grad_bias: a factor of 1/N too many, where N is the batch size"


def linear_parameter_gradients(x, grad_output):
    return x.T @ grad_output, grad_output.mean(axis=0)
