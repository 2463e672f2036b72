"""Entry by entry."""


def grad_trace_product(A, B):
    result = np.empty_like(A)
    for p in range(A.shape[0]):
        for q in range(A.shape[1]):
            result[p, q] = B[q, p]
    return result
