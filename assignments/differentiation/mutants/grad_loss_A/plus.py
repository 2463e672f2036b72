"""-2 (X + A S) S^T, where -2 (X - A S) S^T belongs."""

DIAGNOSIS = "-2 (X + A S) S^T, where -2 (X - A S) S^T belongs"


def grad_loss_A(X, A, S):
    return -2 * (X + A @ S) @ S.T
