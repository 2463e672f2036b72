"""2 A S S^T: X is missing."""

DIAGNOSIS = "2 A S S^T: X is missing"


def grad_loss_A(X, A, S):
    return 2 * A @ S @ S.T
