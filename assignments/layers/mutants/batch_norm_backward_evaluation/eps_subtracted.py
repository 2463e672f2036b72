"""Eps is subtracted."""

DIAGNOSIS = "eps is subtracted"


def batch_norm_backward_evaluation(grad_output, moving_variance, eps):
    return grad_output / np.sqrt(np.abs(moving_variance - eps))
