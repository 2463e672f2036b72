"""From the gradient with respect to F."""


def grad_loss_S(X, A, S):
    return A.T @ grad_loss_F(X, A @ S)
