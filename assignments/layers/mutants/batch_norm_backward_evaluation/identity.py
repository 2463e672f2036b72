"""Grad_output is passed on as it is."""

DIAGNOSIS = "grad_output is passed on as it is"


def batch_norm_backward_evaluation(grad_output, moving_variance, eps):
    return grad_output.copy()
