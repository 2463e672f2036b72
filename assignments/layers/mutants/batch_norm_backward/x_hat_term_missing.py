"""The term x_hat * mean(g * x_hat) is missing."""

DIAGNOSIS = "the path through the variance contributes nothing: is d sigma / d x_k zero"


def batch_norm_backward(x, grad_output, eps):
    mean, variance = x.mean(axis=0), x.var(axis=0)
    root = np.sqrt(variance + eps)
    x_hat = (x - mean) / root
    g = grad_output
    return (g - g.mean(axis=0)) / root
