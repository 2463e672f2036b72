"""Both are averaged over the batch."""

DIAGNOSIS = "grad_weight, grad_bias: a factor of 1/N too many"


def linear_parameter_gradients(x, grad_output):
    return x.T @ grad_output / len(x), grad_output.mean(axis=0)
