"""B is added to its transpose."""

DIAGNOSIS = "B + B^T: B belongs there only once, transposed"


def grad_trace_product(A, B):
    return B + B.T
