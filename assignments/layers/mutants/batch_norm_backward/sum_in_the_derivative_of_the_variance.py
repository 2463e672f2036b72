"""The derivative of the variance carries a sum that is zero."""

DIAGNOSIS = "the path through the variance contributes nothing: is d sigma / d x_k zero"


def batch_norm_backward(x, grad_output, eps):
    mean, variance = x.mean(axis=0), x.var(axis=0)
    root = np.sqrt(variance + eps)
    x_hat = (x - mean) / root
    g = grad_output
    grad_variance = (g * (mean - x)).sum(axis=0) / (2 * root**3)
    return g / root - (g / root).mean(axis=0) + 2 / len(x) * (x - mean).sum(axis=0) * grad_variance
