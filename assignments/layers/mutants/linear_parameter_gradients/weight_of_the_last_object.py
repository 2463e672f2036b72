"""The outer product of the last object only."""

DIAGNOSIS = "the outer product of the last object only"


def linear_parameter_gradients(x, grad_output):
    return np.outer(x[-1], grad_output[-1]), grad_output.sum(axis=0)
