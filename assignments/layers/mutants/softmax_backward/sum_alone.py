"""-y sum_j g_j y_j: the term y g is missing."""

DIAGNOSIS = "-y sum_j g_j y_j: the term y g is missing"


def softmax_backward(grad_output, y):
    return -y * (grad_output * y).sum(axis=1, keepdims=True)
