"""The term in which A occurs twice is differentiated once."""

DIAGNOSIS = "-2 X S^T + A S S^T: the term with S twice counts once only"


def grad_loss_A(X, A, S):
    return -2 * X @ S.T + A @ S @ S.T
