"""The bias gradient is left at zero."""

DIAGNOSIS = "left at zero"


def linear_parameter_gradients(x, grad_output):
    return x.T @ grad_output, np.zeros(grad_output.shape[1], dtype=grad_output.dtype)
