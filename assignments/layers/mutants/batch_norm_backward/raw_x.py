"""X itself stands where x_hat belongs."""

DIAGNOSIS = "x itself stands where x_hat belongs"


def batch_norm_backward(x, grad_output, eps):
    mean, variance = x.mean(axis=0), x.var(axis=0)
    root = np.sqrt(variance + eps)
    x_hat = (x - mean) / root
    g = grad_output
    return (g - g.mean(axis=0) - x * (g * x).mean(axis=0)) / root
