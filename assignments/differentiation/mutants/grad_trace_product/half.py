"""Half of the answer."""

DIAGNOSIS = "a factor of 2 is missing"


def grad_trace_product(A, B):
    return B.T / 2
