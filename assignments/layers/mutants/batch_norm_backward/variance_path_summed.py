"""The path through the variance lacks 1/N."""

DIAGNOSIS = "the path through the variance lacks 1/N"


def batch_norm_backward(x, grad_output, eps):
    mean, variance = x.mean(axis=0), x.var(axis=0)
    root = np.sqrt(variance + eps)
    x_hat = (x - mean) / root
    g = grad_output
    return (g - g.mean(axis=0) - x_hat * (g * x_hat).sum(axis=0)) / root
