"""The sign is wrong."""

DIAGNOSIS = "the sign is wrong"


def jacobian_F_S(A, n_columns):
    return -np.kron(np.eye(n_columns, dtype=A.dtype), A)
