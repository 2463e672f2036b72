"""A helper for one row."""


def one_row(g, p):
    return p * (g - np.dot(g, p))


def softmax_backward(grad_output, y):
    return np.stack(list(map(one_row, grad_output, y)))
