"""Multiplied out."""


def grad_loss_A(X, A, S):
    return -2 * X @ S.T + 2 * A @ S @ S.T
