"""The identity is float64."""

DIAGNOSIS = "although every argument is float32"


def jacobian_F_S(A, n_columns):
    return np.kron(np.eye(n_columns), A)
