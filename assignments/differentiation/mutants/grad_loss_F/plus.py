"""-2 (X + F), where -2 (X - F) belongs."""

DIAGNOSIS = "-2 (X + F), where -2 (X - F) belongs"


def grad_loss_F(X, F):
    return -2 * (X + F)
