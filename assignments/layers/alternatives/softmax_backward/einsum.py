"""By einsum."""


def softmax_backward(grad_output, y):
    return y * grad_output - y * np.einsum("nc,nc->n", grad_output, y)[:, np.newaxis]
