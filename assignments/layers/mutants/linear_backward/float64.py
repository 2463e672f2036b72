"""Everything becomes float64."""

DIAGNOSIS = "although every argument is float32"


def linear_backward(grad_output, weight):
    return grad_output.astype(float) @ weight.T
