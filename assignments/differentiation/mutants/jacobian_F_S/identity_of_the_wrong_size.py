"""I_N kron A, where I_M kron A belongs."""

DIAGNOSIS = "I_N kron A, where I_M kron A belongs"


def jacobian_F_S(A, n_columns):
    return np.kron(np.eye(A.shape[0], dtype=A.dtype), A)
