"""The slope of each feature, and nothing of grad_output."""

DIAGNOSIS = "1 / root alone, one number for each feature: grad_output is missing"


def batch_norm_backward_evaluation(grad_output, moving_variance, eps):
    return 1 / np.sqrt(moving_variance + eps)
