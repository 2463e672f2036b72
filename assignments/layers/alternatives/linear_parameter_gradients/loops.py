"""Accumulated in loops."""


def linear_parameter_gradients(x, grad_output):
    grad_weight = np.zeros((x.shape[1], grad_output.shape[1]), dtype=grad_output.dtype)
    grad_bias = np.zeros(grad_output.shape[1], dtype=grad_output.dtype)
    for i in range(len(x)):
        grad_weight += np.outer(x[i], grad_output[i]).astype(grad_output.dtype)
        grad_bias += grad_output[i].astype(grad_output.dtype)
    return grad_weight, grad_bias
