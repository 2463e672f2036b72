"""Subtracts in place."""

DIAGNOSIS = ""


def grad_loss_S(X, A, S):
    X -= A @ S
    return -2 * A.T @ X
