"""The moving statistics are not returned."""

DIAGNOSIS = "3 results are expected"


def batch_norm_forward(x, moving_mean, moving_variance, alpha, eps, training):
    mean, variance = (x.mean(axis=0), x.var(axis=0)) if training else (moving_mean, moving_variance)
    return (x - mean) / np.sqrt(variance + eps)
