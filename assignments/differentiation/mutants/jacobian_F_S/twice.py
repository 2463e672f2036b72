"""Twice the answer."""

DIAGNOSIS = "a factor of 2 too many"


def jacobian_F_S(A, n_columns):
    return 2 * np.kron(np.eye(n_columns, dtype=A.dtype), A)
