"""A product with a diagonal matrix."""


def batch_norm_backward_evaluation(grad_output, moving_variance, eps):
    return grad_output @ np.diag(1 / np.sqrt(moving_variance + eps))
