"""The product whose trace is taken."""

DIAGNOSIS = "A B itself, not the derivative of its trace"


def grad_trace_product(A, B):
    return A @ B
