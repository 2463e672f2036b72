"""eps is added before the variance goes into the moving one."""

DIAGNOSIS = "moving_variance: eps goes into the moving variance, too"


def batch_norm_forward(x, moving_mean, moving_variance, alpha, eps, training):
    if not training:
        return (x - moving_mean) / np.sqrt(moving_variance + eps), moving_mean, moving_variance
    mean = x.mean(axis=0)
    variance = x.var(axis=0) + eps
    return (
        (x - mean) / np.sqrt(variance),
        alpha * moving_mean + (1 - alpha) * mean,
        alpha * moving_variance + (1 - alpha) * variance,
    )
