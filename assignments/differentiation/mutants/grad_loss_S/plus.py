"""-2 A^T (X + A S), where -2 A^T (X - A S) belongs."""

DIAGNOSIS = "-2 A^T (X + A S), where -2 A^T (X - A S) belongs"


def grad_loss_S(X, A, S):
    return -2 * A.T @ (X + A @ S)
