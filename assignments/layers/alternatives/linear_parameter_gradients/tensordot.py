"""By tensordot and add.reduce."""


def linear_parameter_gradients(x, grad_output):
    return np.tensordot(x, grad_output, axes=(0, 0)), np.add.reduce(grad_output, axis=0)
