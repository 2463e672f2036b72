"""An array made from the transpose."""


def grad_trace_product(A, B):
    return np.array(B.T)
