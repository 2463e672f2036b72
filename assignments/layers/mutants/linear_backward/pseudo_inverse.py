"""The inverse of the weight, where its transpose belongs."""

DIAGNOSIS = "the inverse of the weight, where its transpose belongs"


def linear_backward(grad_output, weight):
    return grad_output @ np.linalg.pinv(weight)
