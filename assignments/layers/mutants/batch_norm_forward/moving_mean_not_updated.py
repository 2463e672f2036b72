"""One output is wrong: the moving mean stays as it was."""

DIAGNOSIS = "moving_mean: it is not updated in training"


def batch_norm_forward(x, moving_mean, moving_variance, alpha, eps, training):
    if not training:
        return (x - moving_mean) / np.sqrt(moving_variance + eps), moving_mean, moving_variance
    mean = x.mean(axis=0)
    variance = x.var(axis=0)
    return (
        (x - mean) / np.sqrt(variance + eps),
        moving_mean.copy(),
        alpha * moving_variance + (1 - alpha) * variance,
    )
