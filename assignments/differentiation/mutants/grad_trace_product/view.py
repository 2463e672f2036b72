"""B.T is a view: it shares the memory of B."""

DIAGNOSIS = "shares memory with the argument B"


def grad_trace_product(A, B):
    return B.T
