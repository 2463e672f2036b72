"""Statistics of the rows."""

DIAGNOSIS = "over the features of each object"


def batch_norm_forward(x, moving_mean, moving_variance, alpha, eps, training):
    if not training:
        return (x - moving_mean) / np.sqrt(moving_variance + eps), moving_mean, moving_variance
    mean = x.mean(axis=1, keepdims=True)
    variance = x.var(axis=1, keepdims=True)
    return (
        (x - mean) / np.sqrt(variance + eps),
        alpha * moving_mean + (1 - alpha) * x.mean(axis=0),
        alpha * moving_variance + (1 - alpha) * x.var(axis=0),
    )
