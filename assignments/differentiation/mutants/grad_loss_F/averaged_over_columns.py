"""Divided by the number of columns."""

DIAGNOSIS = "a factor of 1/M too many, where M is the number of columns of X"


def grad_loss_F(X, F):
    return 2 * (F - X) / X.shape[1]
