"""Eps is added to the standard deviation, outside the root."""

DIAGNOSIS = "eps is added to the standard deviation, outside the root"


def batch_norm_backward_evaluation(grad_output, moving_variance, eps):
    return grad_output / (np.sqrt(moving_variance) + eps)
