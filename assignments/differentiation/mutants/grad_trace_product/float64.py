"""Everything becomes float64."""

DIAGNOSIS = "although every argument is float32"


def grad_trace_product(A, B):
    return np.array(B.T, dtype=float)
