"""A stands untransposed on the right, where its sizes fit square matrices alone."""

DIAGNOSIS = "-2 (X - A S) A: A stands on the wrong side"


def grad_loss_S(X, A, S):
    return grad_loss_F(X, A @ S) @ A
