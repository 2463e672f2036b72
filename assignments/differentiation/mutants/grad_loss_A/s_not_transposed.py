"""-2 (X - A S) S: S is not transposed."""

DIAGNOSIS = "-2 (X - A S) S: S is not transposed"


def grad_loss_A(X, A, S):
    return -2 * (X - A @ S) @ S
