"""-2 (X - A S): the derivative with respect to F = A S."""

DIAGNOSIS = "-2 (X - A S): the derivative with respect to F = A S"


def grad_loss_S(X, A, S):
    return -2 * (X - A @ S)
