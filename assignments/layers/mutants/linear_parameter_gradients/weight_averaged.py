"""The weight's gradient is averaged over the batch."""

DIAGNOSIS = "grad_weight: a factor of 1/N too many, where N is the batch size"


def linear_parameter_gradients(x, grad_output):
    return x.T @ grad_output / len(x), grad_output.sum(axis=0)
