"""The mean over the batch is subtracted, as in training."""

DIAGNOSIS = "the mean over the batch is subtracted, as in training"


def batch_norm_backward_evaluation(grad_output, moving_variance, eps):
    return (grad_output - grad_output.mean(axis=0)) / np.sqrt(moving_variance + eps)
