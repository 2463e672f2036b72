"""A entry by entry times B^T: the terms of the sum, not their derivatives."""

DIAGNOSIS = "A entry by entry times B^T: the terms of the sum, not their derivatives"


def grad_trace_product(A, B):
    return A * B.T
