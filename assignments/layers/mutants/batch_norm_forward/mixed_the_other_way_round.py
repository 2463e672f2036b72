"""alpha and 1 - alpha exchanged."""

DIAGNOSIS = "moving_mean, moving_variance: alpha and 1 - alpha have changed places"


def batch_norm_forward(x, moving_mean, moving_variance, alpha, eps, training):
    if not training:
        return (x - moving_mean) / np.sqrt(moving_variance + eps), moving_mean, moving_variance
    mean = x.mean(axis=0)
    variance = x.var(axis=0)
    return (
        (x - mean) / np.sqrt(variance + eps),
        (1 - alpha) * moving_mean + alpha * mean,
        (1 - alpha) * moving_variance + alpha * variance,
    )
