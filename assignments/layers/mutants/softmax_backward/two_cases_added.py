"""The two cases are added: the diagonal counts twice."""

DIAGNOSIS = "the two cases are added: the diagonal counts twice"


def softmax_backward(grad_output, y):
    return grad_output * y * (1 - y) - y * (grad_output * y).sum(axis=1, keepdims=True)
