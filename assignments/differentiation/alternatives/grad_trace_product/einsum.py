"""The transpose by einsum."""


def grad_trace_product(A, B):
    return np.einsum("ji->ij", B).copy()
