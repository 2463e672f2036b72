"""-2 A (X - A S): A is not transposed."""

DIAGNOSIS = "-2 A (X - A S): A is not transposed"


def grad_loss_S(X, A, S):
    return -2 * A @ (X - A @ S)
