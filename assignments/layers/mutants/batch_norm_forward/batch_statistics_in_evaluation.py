"""Evaluation uses the batch."""

DIAGNOSIS = "the statistics of the batch are used in evaluation, too"


def batch_norm_forward(x, moving_mean, moving_variance, alpha, eps, training):
    if not training:
        return (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps), moving_mean, moving_variance
    mean = x.mean(axis=0)
    variance = x.var(axis=0)
    return (
        (x - mean) / np.sqrt(variance + eps),
        alpha * moving_mean + (1 - alpha) * mean,
        alpha * moving_variance + (1 - alpha) * variance,
    )
