"""The gradient by F is stacked row by row, the Jacobian stacks columns."""

DIAGNOSIS = "a vec that stacks rows stands beside a Jacobian that stacks columns"


def grad_loss_A(X, A, S):
    jacobian = np.kron(S.T, np.eye(len(A), dtype=A.dtype))
    return (jacobian.T @ grad_loss_F(X, A @ S).reshape(-1)).reshape(A.shape, order="F")
