"""Subtracts in place."""

DIAGNOSIS = ""


def grad_loss_A(X, A, S):
    X -= A @ S
    return -2 * X @ S.T
