"""Only the first row of grad_output is used, for every object."""

DIAGNOSIS = "only the first row of grad_output is used, for every object"


def linear_backward(grad_output, weight):
    return (grad_output[:1] @ weight.T) * np.ones((len(grad_output), 1), dtype=grad_output.dtype)
