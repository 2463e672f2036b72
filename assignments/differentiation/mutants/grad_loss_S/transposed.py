"""Transposed."""

DIAGNOSIS = "the array is transposed"


def grad_loss_S(X, A, S):
    return (-2 * A.T @ (X - A @ S)).T
