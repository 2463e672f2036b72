"""The blocks A on the other diagonal."""

DIAGNOSIS = "the blocks A on the other diagonal"


def jacobian_F_S(A, n_columns):
    return np.kron(np.eye(n_columns, dtype=A.dtype)[::-1], A)
