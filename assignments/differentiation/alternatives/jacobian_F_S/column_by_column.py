"""The images of the unit matrices, stacked."""


def jacobian_F_S(A, n_columns):
    N, R = A.shape
    columns = []
    for k in range(R * n_columns):
        unit = np.zeros(R * n_columns, dtype=A.dtype)
        unit[k] = 1
        columns.append((A @ unit.reshape((R, n_columns), order="F")).reshape(-1, order="F"))
    return np.stack(columns, axis=1)
