"""2 A^T A S: X is missing."""

DIAGNOSIS = "2 A^T A S: X is missing"


def grad_loss_S(X, A, S):
    return 2 * A.T @ A @ S
