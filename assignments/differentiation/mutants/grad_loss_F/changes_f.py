"""Subtracts in place."""

DIAGNOSIS = "changes its argument F"


def grad_loss_F(X, F):
    F -= X
    return 2 * F
