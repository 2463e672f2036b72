"""Three paths, where the derivative of the variance is taken for zero, as the sum of all centred x."""

DIAGNOSIS = "the path through the variance contributes nothing: is d sigma / d x_k zero"


def batch_norm_backward(x, grad_output, eps):
    n, centred = len(x), x - x.mean(axis=0)
    root = np.sqrt(x.var(axis=0) + eps)
    grad_variance = (grad_output * centred).sum(axis=0) * (-0.5) / root**3
    variance_by_x = np.zeros_like(x)
    return grad_output / root + grad_variance * variance_by_x - grad_output.sum(axis=0) / (root * n)
