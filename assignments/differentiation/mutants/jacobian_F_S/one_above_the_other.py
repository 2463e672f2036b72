"""A above itself M times: one column of blocks."""

DIAGNOSIS = "A above itself M times: one column of blocks"


def jacobian_F_S(A, n_columns):
    return np.tile(A, (n_columns, 1))
