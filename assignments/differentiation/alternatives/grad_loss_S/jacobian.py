"""By the chain rule, with the Jacobian of ex. 4."""


def grad_loss_S(X, A, S):
    J = jacobian_F_S(A, S.shape[1])
    flat = J.T @ grad_loss_F(X, A @ S).reshape(-1, order="F")
    return flat.reshape(S.shape, order="F")
