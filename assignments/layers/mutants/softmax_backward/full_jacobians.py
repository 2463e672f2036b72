"""The (C, C) matrix of every object is made."""

DIAGNOSIS = ""


def softmax_backward(grad_output, y):
    return np.stack([(np.diag(p) - np.outer(p, p)) @ g for p, g in zip(y, grad_output)])
