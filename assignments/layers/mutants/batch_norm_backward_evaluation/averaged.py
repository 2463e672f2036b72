"""Divided by the batch size."""

DIAGNOSIS = "a factor of 1/N too many, where N is the batch size"


def batch_norm_backward_evaluation(grad_output, moving_variance, eps):
    return grad_output / np.sqrt(moving_variance + eps) / len(grad_output)
