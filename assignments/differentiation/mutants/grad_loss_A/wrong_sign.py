"""The sign is wrong."""

DIAGNOSIS = "the sign is wrong"


def grad_loss_A(X, A, S):
    return 2 * (X - A @ S) @ S.T
