"""The bracket of 1 - alpha closes too late."""

DIAGNOSIS = "moving_mean, moving_variance: 1 - alpha * new, where (1 - alpha) * new belongs"


def batch_norm_forward(x, moving_mean, moving_variance, alpha, eps, training):
    if not training:
        return (x - moving_mean) / np.sqrt(moving_variance + eps), moving_mean, moving_variance
    mean = x.mean(axis=0)
    variance = x.var(axis=0)
    return (
        (x - mean) / np.sqrt(variance + eps),
        alpha * moving_mean + (1 - alpha * mean),
        alpha * moving_variance + (1 - alpha * variance),
    )
