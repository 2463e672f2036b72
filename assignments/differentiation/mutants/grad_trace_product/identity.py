"""The identity: the derivative of tr(A)."""

DIAGNOSIS = "the identity: the derivative of tr(A)"


def grad_trace_product(A, B):
    return np.eye(*A.shape, dtype=A.dtype)
