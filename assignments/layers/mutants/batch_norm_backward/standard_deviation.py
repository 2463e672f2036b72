"""The standard deviation, where the variance belongs."""

DIAGNOSIS = "the standard deviation, where the variance belongs"


def batch_norm_backward(x, grad_output, eps):
    mean, variance = x.mean(axis=0), x.std(axis=0)
    root = np.sqrt(variance + eps)
    x_hat = (x - mean) / root
    g = grad_output
    return (g - g.mean(axis=0) - x_hat * (g * x_hat).mean(axis=0)) / root
