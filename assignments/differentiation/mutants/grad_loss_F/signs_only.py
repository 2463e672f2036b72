"""Only the signs of X - F: the derivative of absolute values."""

DIAGNOSIS = "only the signs of X - F: the derivative of absolute values"


def grad_loss_F(X, F):
    return -2 * np.sign(X - F)
