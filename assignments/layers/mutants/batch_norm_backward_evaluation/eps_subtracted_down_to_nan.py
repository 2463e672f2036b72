"""Eps is subtracted, and the root of a negative number is NaN."""

DIAGNOSIS = "eps is subtracted"


def batch_norm_backward_evaluation(grad_output, moving_variance, eps):
    return grad_output / np.sqrt(moving_variance - eps)
