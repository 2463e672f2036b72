"""Training normalizes by the moving statistics after their update."""

DIAGNOSIS = "output: the moving statistics after the step are used in training, where those of the batch belong"


def batch_norm_forward(x, moving_mean, moving_variance, alpha, eps, training):
    if training:
        moving_mean = alpha * moving_mean + (1 - alpha) * x.mean(axis=0)
        moving_variance = alpha * moving_variance + (1 - alpha) * x.var(axis=0)
    return (x - moving_mean) / np.sqrt(moving_variance + eps), moving_mean, moving_variance
