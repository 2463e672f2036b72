"""The right vec is made a matrix row by row."""

DIAGNOSIS = "the vec of the gradient, which stacks columns, is made a matrix row by row"


def grad_loss_S(X, A, S):
    jacobian = jacobian_F_S(A, S.shape[1])
    return (jacobian.T @ grad_loss_F(X, A @ S).reshape(-1, order="F")).reshape(S.shape)
