"""From the gradient with respect to F."""


def grad_loss_A(X, A, S):
    return grad_loss_F(X, A @ S) @ S.T
