"""One index for each of the four sizes."""

DIAGNOSIS = "the right derivatives with four indices"


def jacobian_F_S(A, n_columns):
    return np.einsum("nr,mp->nmrp", A, np.eye(n_columns, dtype=A.dtype))
