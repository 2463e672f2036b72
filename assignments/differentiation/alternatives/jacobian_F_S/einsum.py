"""A four-dimensional array, reshaped."""


def jacobian_F_S(A, n_columns):
    N, R = A.shape
    identity = np.eye(n_columns, dtype=A.dtype)
    return np.einsum("mq,np->mnqp", identity, A).reshape(N * n_columns, R * n_columns)
