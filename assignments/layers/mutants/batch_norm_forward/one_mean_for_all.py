"""One mean and variance for all features."""

DIAGNOSIS = "mean and variance are taken over everything"


def batch_norm_forward(x, moving_mean, moving_variance, alpha, eps, training):
    if not training:
        return (x - moving_mean) / np.sqrt(moving_variance + eps), moving_mean, moving_variance
    mean = x.mean()
    variance = x.var()
    return (
        (x - mean) / np.sqrt(variance + eps),
        alpha * moving_mean + (1 - alpha) * x.mean(axis=0),
        alpha * moving_variance + (1 - alpha) * x.var(axis=0),
    )
