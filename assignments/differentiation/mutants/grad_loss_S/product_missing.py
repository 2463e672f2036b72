"""-2 A^T X: A S is not subtracted."""

DIAGNOSIS = "-2 A^T X: A S is not subtracted"


def grad_loss_S(X, A, S):
    return -2 * A.T @ X
