"""The outer product of two sums over the batch, where the sum of outer products belongs."""

DIAGNOSIS = "the outer product of two sums over the batch, where the sum of outer products belongs"


def linear_parameter_gradients(x, grad_output):
    return np.outer(x.sum(axis=0), grad_output.sum(axis=0)), grad_output.sum(axis=0)
