"""Blocks put in place by a loop."""


def jacobian_F_S(A, n_columns):
    N, R = A.shape
    result = np.zeros((N * n_columns, R * n_columns), dtype=A.dtype)
    for m in range(n_columns):
        result[m * N : (m + 1) * N, m * R : (m + 1) * R] = A
    return result
