"""Means over the features, where means over the batch belong."""

DIAGNOSIS = "means over the features, where means over the batch belong"


def batch_norm_backward(x, grad_output, eps):
    mean, variance = x.mean(axis=0), x.var(axis=0)
    root = np.sqrt(variance + eps)
    x_hat = (x - mean) / root
    g = grad_output
    return (g - g.mean(axis=1, keepdims=True) - x_hat * (g * x_hat).mean(axis=1, keepdims=True)) / root
