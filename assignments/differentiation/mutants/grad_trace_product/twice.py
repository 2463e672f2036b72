"""Twice the answer, as for tr(A A^T)."""

DIAGNOSIS = "a factor of 2 too many"


def grad_trace_product(A, B):
    return 2 * B.T
