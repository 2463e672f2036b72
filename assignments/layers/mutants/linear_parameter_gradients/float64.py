"""Everything becomes float64."""

DIAGNOSIS = "although every argument is float32"


def linear_parameter_gradients(x, grad_output):
    return x.T.astype(float) @ grad_output, grad_output.sum(axis=0)
