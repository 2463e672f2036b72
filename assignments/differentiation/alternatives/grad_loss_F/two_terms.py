"""Term by term."""


def grad_loss_F(X, F):
    return -2 * X + 2 * F
