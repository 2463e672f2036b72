"""The transpose of A times B, entry by entry."""

DIAGNOSIS = "the transpose of A times B entry by entry: A does not belong there"


def grad_trace_product(A, B):
    return (A * B).T
