"""Summed over the rows: one number for each column."""

DIAGNOSIS = "summed over the rows: one number for each column"


def grad_loss_F(X, F):
    return -2 * (X - F).sum(axis=0)
