"""The gradient by F is flattened row by row, the result is stacked by columns."""

DIAGNOSIS = "a vec that stacks rows stands beside a Jacobian that stacks columns"


def grad_loss_S(X, A, S):
    jacobian = jacobian_F_S(A, S.shape[1])
    return (jacobian.T @ grad_loss_F(X, A @ S).reshape(-1)).reshape(S.shape, order="F")
