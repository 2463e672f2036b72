"""The sum runs over i != k alone."""

DIAGNOSIS = "the sum runs over i != k alone: the term of the case i = k is lost"


def softmax_backward(grad_output, y):
    products = grad_output * y
    return -y * (products.sum(axis=1, keepdims=True) - products)
