"""The case i = k as a sum over all i, of y_i (1 - y_k)."""

DIAGNOSIS = "the case i = k is summed over all classes"


def softmax_backward(grad_output, y):
    products = grad_output * y
    in_case_of_equality = (products).sum(axis=1, keepdims=True) * (1 - y)
    return in_case_of_equality - y * (products.sum(axis=1, keepdims=True) - products)
