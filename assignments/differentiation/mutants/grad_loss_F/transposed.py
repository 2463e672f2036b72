"""Transposed."""

DIAGNOSIS = "the array is transposed"


def grad_loss_F(X, F):
    return -2 * (X - F).T
