"""One feature after the other."""


def batch_norm_forward(x, moving_mean, moving_variance, alpha, eps, training):
    mean, variance = moving_mean, moving_variance
    if training:
        mean = np.array([column.mean() for column in x.T])
        variance = np.array([np.mean((column - m) ** 2) for column, m in zip(x.T, mean)])
    output = np.stack([(c - m) / np.sqrt(v + eps) for c, m, v in zip(x.T, mean, variance)], axis=1)
    if training:
        moving_mean = alpha * moving_mean + (1 - alpha) * mean
        moving_variance = alpha * moving_variance + (1 - alpha) * variance
    return output, moving_mean, moving_variance
