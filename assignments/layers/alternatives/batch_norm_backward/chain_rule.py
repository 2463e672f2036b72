"""Through mean and variance, step by step."""


def batch_norm_backward(x, grad_output, eps):
    mean, variance = x.mean(axis=0), x.var(axis=0)
    root = np.sqrt(variance + eps)
    x_hat = (x - mean) / root
    g = grad_output
    n = len(x)
    grad_variance = (g * (mean - x)).sum(axis=0) / (2 * (variance + eps) ** 1.5)
    grad_mean = (-g / root).sum(axis=0)
    return g / root + grad_mean / n + 2 * (x - mean) * grad_variance / n
