"""2 (F - X)."""


def grad_loss_F(X, F):
    return 2 * (F - X)
