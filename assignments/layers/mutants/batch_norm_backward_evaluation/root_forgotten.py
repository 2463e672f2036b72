"""Divided by the variance, where its root belongs."""

DIAGNOSIS = "divided by the variance, where its root belongs"


def batch_norm_backward_evaluation(grad_output, moving_variance, eps):
    return grad_output / (moving_variance + eps)
