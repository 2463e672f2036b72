"""The factor 2 is lost."""

DIAGNOSIS = "a factor of 2 is missing"


def grad_loss_S(X, A, S):
    return -A.T @ (X - A @ S)
