"""Summed over the batch: one row is left."""

DIAGNOSIS = "summed over the batch: one row is left"


def batch_norm_backward_evaluation(grad_output, moving_variance, eps):
    return grad_output.sum(axis=0) / np.sqrt(moving_variance + eps)
