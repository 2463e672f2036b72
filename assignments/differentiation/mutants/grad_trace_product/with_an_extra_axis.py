"""One axis too many."""

DIAGNOSIS = "an axis of length one too many"


def grad_trace_product(A, B):
    return B.T.copy()[np.newaxis]
