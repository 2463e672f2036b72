"""No eps in evaluation mode."""

DIAGNOSIS = "output: in some of the cases: eps is missing"


def batch_norm_forward(x, moving_mean, moving_variance, alpha, eps, training):
    if not training:
        return (x - moving_mean) / np.sqrt(moving_variance), moving_mean, moving_variance
    mean, variance = x.mean(axis=0), x.var(axis=0)
    output = (x - mean) / np.sqrt(variance + eps)
    return output, alpha * moving_mean + (1 - alpha) * mean, alpha * moving_variance + (1 - alpha) * variance
