"""One variance for all features."""

DIAGNOSIS = "one variance for all features"


def batch_norm_backward_evaluation(grad_output, moving_variance, eps):
    return grad_output / np.sqrt(moving_variance.mean() + eps)
