"""Eps is missing."""

DIAGNOSIS = "eps is missing"


def batch_norm_backward_evaluation(grad_output, moving_variance, eps):
    return grad_output / np.sqrt(moving_variance)
