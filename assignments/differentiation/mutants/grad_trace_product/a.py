"""A itself."""

DIAGNOSIS = "A itself"


def grad_trace_product(A, B):
    return A.copy()
