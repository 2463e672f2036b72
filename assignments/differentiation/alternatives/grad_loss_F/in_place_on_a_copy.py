"""In place on a copy."""


def grad_loss_F(X, F):
    result = F.copy()
    result = result - X
    result *= 2
    return result
