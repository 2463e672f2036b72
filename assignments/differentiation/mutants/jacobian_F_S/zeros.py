"""Zeros everywhere."""

DIAGNOSIS = "zeros everywhere"


def jacobian_F_S(A, n_columns):
    return np.zeros((A.shape[0] * n_columns, A.shape[1] * n_columns), dtype=A.dtype)
