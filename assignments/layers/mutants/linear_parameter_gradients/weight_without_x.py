"""The sums of grad_output in every row: x is missing."""

DIAGNOSIS = "the sums of grad_output in every row: x is missing"


def linear_parameter_gradients(x, grad_output):
    return np.ones((x.shape[1], 1), dtype=x.dtype) * grad_output.sum(axis=0), grad_output.sum(axis=0)
