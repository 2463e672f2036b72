"""The residual itself."""

DIAGNOSIS = "the sign is wrong, and a factor of 2 is missing"


def grad_loss_F(X, F):
    return X - F
