"""The bias as the weight of a constant one."""


def linear_parameter_gradients(x, grad_output):
    ones = np.ones(len(x), dtype=grad_output.dtype)
    return (grad_output.T @ x).T.copy(), ones @ grad_output
