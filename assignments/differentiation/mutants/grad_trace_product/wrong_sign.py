"""The sign is wrong."""

DIAGNOSIS = "the sign is wrong"


def grad_trace_product(A, B):
    return -B.T
