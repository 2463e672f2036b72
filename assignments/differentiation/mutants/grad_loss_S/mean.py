"""Divided by the number of entries of X: the derivative of the mean."""

DIAGNOSIS = "divided by the number of entries of X: the derivative of the mean"


def grad_loss_S(X, A, S):
    return -2 * A.T @ (X - A @ S) / X.size
