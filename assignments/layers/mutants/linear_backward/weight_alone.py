"""W^T alone: grad_output is missing."""

DIAGNOSIS = "W^T alone: grad_output is missing"


def linear_backward(grad_output, weight):
    return weight.T.copy()
