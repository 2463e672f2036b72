"""Everything becomes float64."""

DIAGNOSIS = "although every argument is float32"


def batch_norm_backward_evaluation(grad_output, moving_variance, eps):
    return grad_output.astype(float) / np.sqrt(moving_variance + eps)
