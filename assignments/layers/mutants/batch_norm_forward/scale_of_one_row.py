"""One over the root, without the objects."""

DIAGNOSIS = "output: 1 / root alone, one number for each feature: x - mean is missing"


def batch_norm_forward(x, moving_mean, moving_variance, alpha, eps, training):
    if not training:
        return 1 / np.sqrt(moving_variance + eps), moving_mean, moving_variance
    mean, variance = x.mean(axis=0), x.var(axis=0)
    scale = 1 / np.sqrt(variance + eps)
    return scale, alpha * moving_mean + (1 - alpha) * mean, alpha * moving_variance + (1 - alpha) * variance
