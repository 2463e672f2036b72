"""Everything becomes float64."""

DIAGNOSIS = "although every argument is float32"


def grad_loss_A(X, A, S):
    X = X.astype(float)
    return -2 * (X - A @ S) @ S.T
