"""eps is subtracted."""

DIAGNOSIS = "eps is subtracted, where it should be added"


def batch_norm_backward(x, grad_output, eps):
    mean, variance = x.mean(axis=0), x.var(axis=0)
    root = np.sqrt(variance - eps)
    x_hat = (x - mean) / root
    g = grad_output
    return (g - g.mean(axis=0) - x_hat * (g * x_hat).mean(axis=0)) / root
