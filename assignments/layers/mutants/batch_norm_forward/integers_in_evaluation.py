"""Works in the dtype of the moving mean, which cuts the output of integers in evaluation."""

DIAGNOSIS = "the values are not right"


def batch_norm_forward(x, moving_mean, moving_variance, alpha, eps, training):
    if not training:
        output = np.empty_like(x)
        output[...] = (x - moving_mean) / np.sqrt(moving_variance + eps)
        return output, moving_mean, moving_variance
    mean, variance = x.mean(axis=0), x.var(axis=0)
    return (
        (x - mean) / np.sqrt(variance + eps),
        alpha * moving_mean + (1 - alpha) * mean,
        alpha * moving_variance + (1 - alpha) * variance,
    )
