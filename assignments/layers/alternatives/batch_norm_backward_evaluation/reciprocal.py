"""The reciprocal of the root."""


def batch_norm_backward_evaluation(grad_output, moving_variance, eps):
    return np.reciprocal(np.sqrt(moving_variance + eps)) * grad_output
