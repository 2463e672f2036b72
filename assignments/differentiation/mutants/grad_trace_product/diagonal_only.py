"""Only the diagonal of B^T."""

DIAGNOSIS = "only the diagonal of B^T"


def grad_trace_product(A, B):
    return np.eye(*A.shape, dtype=A.dtype) * B.T
