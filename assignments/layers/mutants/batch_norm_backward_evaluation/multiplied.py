"""Multiplied by the root, where it should be divided."""

DIAGNOSIS = "multiplied by the root, where it should be divided"


def batch_norm_backward_evaluation(grad_output, moving_variance, eps):
    return grad_output * np.sqrt(moving_variance + eps)
