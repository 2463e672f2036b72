"""-2 X: F is missing."""

DIAGNOSIS = "-2 X: F is missing"


def grad_loss_F(X, F):
    return -2 * X
