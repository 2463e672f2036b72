"""eps is forgotten in both modes."""

DIAGNOSIS = "output: eps is missing"


def batch_norm_forward(x, moving_mean, moving_variance, alpha, eps, training):
    if not training:
        return (x - moving_mean) / np.sqrt(moving_variance), moving_mean, moving_variance
    mean = x.mean(axis=0)
    variance = x.var(axis=0)
    return (
        (x - mean) / np.sqrt(variance),
        alpha * moving_mean + (1 - alpha) * mean,
        alpha * moving_variance + (1 - alpha) * variance,
    )
