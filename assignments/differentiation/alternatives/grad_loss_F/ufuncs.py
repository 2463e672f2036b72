"""By NumPy functions."""


def grad_loss_F(X, F):
    return np.multiply(2, np.subtract(F, X))
