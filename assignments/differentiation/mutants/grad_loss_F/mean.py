"""Divided by the number of entries: the derivative of the mean."""

DIAGNOSIS = "divided by the number of entries: the derivative of the mean"


def grad_loss_F(X, F):
    return -2 * (X - F) / X.size
