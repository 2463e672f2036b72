"""np.kron, cast back to the dtype of A."""


def jacobian_F_S(A, n_columns):
    return np.kron(np.eye(n_columns), A).astype(A.dtype)
