"""Y g: the term sum_j g_j y_j is missing."""

DIAGNOSIS = "y g: the term sum_j g_j y_j is missing"


def softmax_backward(grad_output, y):
    return y * grad_output
