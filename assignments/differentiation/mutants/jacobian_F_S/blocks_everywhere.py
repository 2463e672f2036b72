"""A in every block, off the diagonal too."""

DIAGNOSIS = "A in every block, off the diagonal too"


def jacobian_F_S(A, n_columns):
    return np.kron(np.ones((n_columns, n_columns), dtype=A.dtype), A)
