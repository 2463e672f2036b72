"""Everything becomes float64."""

DIAGNOSIS = "although every argument is float32"


def grad_loss_F(X, F):
    return -2 * (X.astype(float) - F)
