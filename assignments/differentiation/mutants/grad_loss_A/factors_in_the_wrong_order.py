"""-2 S^T (X - A S): S^T stands on the wrong side."""

DIAGNOSIS = "-2 S^T (X - A S): S^T stands on the wrong side"


def grad_loss_A(X, A, S):
    return -2 * S.T @ (X - A @ S)
