"""Divided by the number of entries of X: the derivative of the mean."""

DIAGNOSIS = "divided by the number of entries of X: the derivative of the mean"


def grad_loss_A(X, A, S):
    return -2 * (X - A @ S) @ S.T / X.size
