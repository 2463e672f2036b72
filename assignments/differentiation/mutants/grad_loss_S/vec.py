"""The right numbers, as the vec."""

DIAGNOSIS = "the numbers are right"


def grad_loss_S(X, A, S):
    jacobian = jacobian_F_S(A, S.shape[1])
    return jacobian.T @ grad_loss_F(X, A @ S).reshape(-1, order="F")
