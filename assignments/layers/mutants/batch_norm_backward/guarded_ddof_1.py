"""The unbiased variance, guarded against a batch of one."""

DIAGNOSIS = "the variance is divided by N - 1, where N belongs"


def batch_norm_backward(x, grad_output, eps):
    mean, variance = x.mean(axis=0), x.var(axis=0) * len(x) / max(len(x) - 1, 1)
    root = np.sqrt(variance + eps)
    x_hat = (x - mean) / root
    g = grad_output
    return (g - g.mean(axis=0) - x_hat * (g * x_hat).mean(axis=0)) / root
