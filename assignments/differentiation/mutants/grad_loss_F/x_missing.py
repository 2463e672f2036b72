"""2 F: X is missing."""

DIAGNOSIS = "2 F: X is missing"


def grad_loss_F(X, F):
    return 2 * F
