"""Ones in every entry."""

DIAGNOSIS = "ones in every entry"


def grad_trace_product(A, B):
    return np.ones_like(A)
