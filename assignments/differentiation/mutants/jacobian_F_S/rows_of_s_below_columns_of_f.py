"""The value is stacked by columns, the variable by rows."""

DIAGNOSIS = "vec(F) stacks columns, and vec(S) beside it stacks rows"


def jacobian_F_S(A, n_columns):
    n_rows, rank = A.shape
    jacobian = np.zeros((n_rows * n_columns, rank * n_columns), dtype=A.dtype)
    for n in range(n_rows):
        for m in range(n_columns):
            for r in range(rank):
                jacobian[m * n_rows + n, r * n_columns + m] = A[n, r]
    return jacobian
