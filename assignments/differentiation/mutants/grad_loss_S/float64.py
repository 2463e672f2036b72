"""Everything becomes float64."""

DIAGNOSIS = "although every argument is float32"


def grad_loss_S(X, A, S):
    X = X.astype(float)
    return -2 * A.T @ (X - A @ S)
