"""G / root: the mean term and the x_hat term are both missing."""

DIAGNOSIS = "g / root: the mean term and the x_hat term are both missing"


def batch_norm_backward(x, grad_output, eps):
    mean, variance = x.mean(axis=0), x.var(axis=0)
    root = np.sqrt(variance + eps)
    x_hat = (x - mean) / root
    g = grad_output
    return g / root
