"""Grad_output is passed on as it is."""

DIAGNOSIS = "grad_output is passed on as it is"


def batch_norm_backward(x, grad_output, eps):
    mean, variance = x.mean(axis=0), x.var(axis=0)
    root = np.sqrt(variance + eps)
    x_hat = (x - mean) / root
    g = grad_output
    return g.copy()
