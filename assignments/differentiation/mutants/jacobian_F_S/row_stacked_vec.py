"""A kron I_M: the Jacobian for a vec that stacks rows."""

DIAGNOSIS = "A kron I_M: the Jacobian for a vec that stacks rows"


def jacobian_F_S(A, n_columns):
    return np.kron(A, np.eye(n_columns, dtype=A.dtype))
