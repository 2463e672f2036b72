"""Divided by the number of columns."""

DIAGNOSIS = "a factor of 1/M too many, where M is the number of columns of X"


def grad_loss_S(X, A, S):
    return A.T @ grad_loss_F(X, A @ S) / X.shape[1]
