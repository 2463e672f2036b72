"""1 / root alone: grad_output is missing."""

DIAGNOSIS = "1 / root alone: grad_output is missing"


def batch_norm_backward_evaluation(grad_output, moving_variance, eps):
    return np.ones_like(grad_output) / np.sqrt(moving_variance + eps)
