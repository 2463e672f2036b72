"""The root as a power."""


def batch_norm_backward_evaluation(grad_output, moving_variance, eps):
    return grad_output * (moving_variance + eps) ** -0.5
