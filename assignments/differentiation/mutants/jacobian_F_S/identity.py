"""The identity: A is missing."""

DIAGNOSIS = "the identity: A is missing"


def jacobian_F_S(A, n_columns):
    return np.eye(A.shape[0] * n_columns, A.shape[1] * n_columns, dtype=A.dtype)
