"""On the transpose."""


def softmax_backward(grad_output, y):
    weighted = grad_output * y
    return weighted - (weighted.sum(1) * y.T).T
