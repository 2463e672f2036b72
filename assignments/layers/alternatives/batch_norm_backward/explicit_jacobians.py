"""The N x N Jacobian of each feature."""


def batch_norm_backward(x, grad_output, eps):
    mean, variance = x.mean(axis=0), x.var(axis=0)
    root = np.sqrt(variance + eps)
    x_hat = (x - mean) / root
    g = grad_output
    n = len(x)
    identity, ones = np.eye(n, dtype=x.dtype), np.ones((n, n), dtype=x.dtype)
    columns = []
    for j in range(x.shape[1]):
        jacobian = (identity - ones / n - np.outer(x_hat[:, j], x_hat[:, j]) / n) / root[j]
        columns.append(jacobian.astype(x_hat.dtype).T @ g[:, j])
    return np.stack(columns, axis=1)
