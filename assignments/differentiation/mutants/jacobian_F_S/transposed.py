"""The transposed Jacobian, I kron A^T."""

DIAGNOSIS = "the array is transposed"


def jacobian_F_S(A, n_columns):
    return np.kron(np.eye(n_columns, dtype=A.dtype), A.T)
