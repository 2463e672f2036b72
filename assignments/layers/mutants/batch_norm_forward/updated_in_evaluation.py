"""The moving statistics are updated in evaluation, too."""

DIAGNOSIS = "it is updated in evaluation, too"


def batch_norm_forward(x, moving_mean, moving_variance, alpha, eps, training):
    if not training:
        return (
            (x - moving_mean) / np.sqrt(moving_variance + eps),
            alpha * moving_mean + (1 - alpha) * x.mean(axis=0),
            alpha * moving_variance + (1 - alpha) * x.var(axis=0),
        )
    mean = x.mean(axis=0)
    variance = x.var(axis=0)
    return (
        (x - mean) / np.sqrt(variance + eps),
        alpha * moving_mean + (1 - alpha) * mean,
        alpha * moving_variance + (1 - alpha) * variance,
    )
