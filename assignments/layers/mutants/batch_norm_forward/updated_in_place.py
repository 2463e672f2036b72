"""The moving mean is updated in place."""

DIAGNOSIS = "changes its argument moving_mean"


def batch_norm_forward(x, moving_mean, moving_variance, alpha, eps, training):
    if not training:
        return (x - moving_mean) / np.sqrt(moving_variance + eps), moving_mean, moving_variance
    mean = x.mean(axis=0)
    moving_mean *= alpha
    moving_mean += (1 - alpha) * mean
    variance = x.var(axis=0)
    return (x - mean) / np.sqrt(variance + eps), moving_mean, alpha * moving_variance + (1 - alpha) * variance
