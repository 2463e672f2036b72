"""Loops over a square array, where A may be rectangular."""

DIAGNOSIS = ""


def grad_trace_product(A, B):
    n = len(A)
    gradient = np.zeros((n, n), dtype=A.dtype)
    for i in range(n):
        for j in range(n):
            gradient[i, j] = B[j, i]
    return gradient
