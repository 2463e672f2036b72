"""The unbiased variance, guarded against a batch of one."""

DIAGNOSIS = "the variance is divided by N - 1, where N belongs"


def batch_norm_forward(x, moving_mean, moving_variance, alpha, eps, training):
    if not training:
        return (x - moving_mean) / np.sqrt(moving_variance + eps), moving_mean, moving_variance
    mean = x.mean(axis=0)
    variance = x.var(axis=0) * len(x) / max(len(x) - 1, 1)
    return (
        (x - mean) / np.sqrt(variance + eps),
        alpha * moving_mean + (1 - alpha) * mean,
        alpha * moving_variance + (1 - alpha) * variance,
    )
