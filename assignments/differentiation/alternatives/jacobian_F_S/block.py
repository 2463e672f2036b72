"""np.block of A and zeros."""


def jacobian_F_S(A, n_columns):
    zero = np.zeros_like(A)
    return np.block([[A if i == j else zero for j in range(n_columns)] for i in range(n_columns)])
