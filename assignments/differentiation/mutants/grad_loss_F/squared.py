"""-2 (X - F) squared entry by entry."""

DIAGNOSIS = "-2 (X - F) squared entry by entry"


def grad_loss_F(X, F):
    return -2 * (X - F) ** 2
