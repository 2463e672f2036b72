"""The sign is wrong."""

DIAGNOSIS = "the sign is wrong"


def grad_loss_S(X, A, S):
    return 2 * A.T @ (X - A @ S)
