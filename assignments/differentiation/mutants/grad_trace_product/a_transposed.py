"""A^T: the derivative with respect to the other factor."""

DIAGNOSIS = "A^T: the derivative with respect to the other factor"


def grad_trace_product(A, B):
    return A.T.copy()
