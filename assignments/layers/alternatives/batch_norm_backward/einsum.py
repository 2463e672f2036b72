"""By einsum."""


def batch_norm_backward(x, grad_output, eps):
    mean, variance = x.mean(axis=0), x.var(axis=0)
    root = np.sqrt(variance + eps)
    x_hat = (x - mean) / root
    g = grad_output
    projection = np.einsum("ij,ij->j", g, x_hat) / len(g)
    return (g - np.einsum("ij->j", g) / len(g) - x_hat * projection) * (variance + eps) ** -0.5
