"""The derivative of the norm, not of its square."""

DIAGNOSIS = "the derivative of the norm, not of its square"


def grad_loss_F(X, F):
    return -(X - F) / np.sqrt(np.sum((X - F) ** 2))
