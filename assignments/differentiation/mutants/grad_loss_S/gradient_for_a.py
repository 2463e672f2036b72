"""The gradient with respect to A."""

DIAGNOSIS = "the gradient with respect to A"


def grad_loss_S(X, A, S):
    return -2 * (X - A @ S) @ S.T
