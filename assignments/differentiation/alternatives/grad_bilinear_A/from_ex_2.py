"""From ex. 2 with B = c x^T."""


def grad_bilinear_A(x, A, c):
    return grad_trace_product(A, np.outer(c, x))
