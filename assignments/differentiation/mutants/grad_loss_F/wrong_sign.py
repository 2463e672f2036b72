"""The sign is wrong."""

DIAGNOSIS = "the sign is wrong"


def grad_loss_F(X, F):
    return 2 * (X - F)
