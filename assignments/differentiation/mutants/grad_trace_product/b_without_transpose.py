"""B, where its transpose belongs."""

DIAGNOSIS = "B, where its transpose belongs"


def grad_trace_product(A, B):
    return B.copy()
