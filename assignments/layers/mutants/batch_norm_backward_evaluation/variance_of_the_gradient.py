"""The variance of grad_output stands where the moving one belongs."""

DIAGNOSIS = "the variance of grad_output stands where the moving one belongs"


def batch_norm_backward_evaluation(grad_output, moving_variance, eps):
    return grad_output / np.sqrt(grad_output.var(axis=0) + eps)
