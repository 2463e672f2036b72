"""-2 X S^T: A S is not subtracted."""

DIAGNOSIS = "-2 X S^T: A S is not subtracted"


def grad_loss_A(X, A, S):
    return -2 * X @ S.T
