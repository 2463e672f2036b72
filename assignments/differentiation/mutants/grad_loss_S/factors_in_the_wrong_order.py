"""-2 (X - A S) A^T: A^T stands on the wrong side."""

DIAGNOSIS = "-2 (X - A S) A^T: A^T stands on the wrong side"


def grad_loss_S(X, A, S):
    return -2 * (X - A @ S) @ A.T
