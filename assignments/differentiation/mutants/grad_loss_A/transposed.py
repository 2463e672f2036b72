"""Transposed."""

DIAGNOSIS = "the array is transposed"


def grad_loss_A(X, A, S):
    return (-2 * (X - A @ S) @ S.T).T
