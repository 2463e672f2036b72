"""As many blocks as A has columns."""

DIAGNOSIS = "I_R kron A, where I_M kron A belongs"


def jacobian_F_S(A, n_columns):
    return np.kron(np.eye(A.shape[1], dtype=A.dtype), A)
