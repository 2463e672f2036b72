"""The transposed Jacobian is right, and its result is made a matrix row by row."""

DIAGNOSIS = "the vec of the gradient, which stacks columns, is made a matrix row by row"


def grad_loss_A(X, A, S):
    jacobian = np.kron(S.T, np.eye(len(A), dtype=A.dtype))
    return (jacobian.T @ grad_loss_F(X, A @ S).reshape(-1, order="F")).reshape(A.shape)
