"""Multiplied out."""


def grad_loss_S(X, A, S):
    return -2 * A.T @ X + 2 * A.T @ A @ S
