"""The term in which S occurs twice is differentiated once."""

DIAGNOSIS = "-2 A^T X + A^T A S: the term with A twice counts once only"


def grad_loss_S(X, A, S):
    return -2 * A.T @ X + A.T @ A @ S
