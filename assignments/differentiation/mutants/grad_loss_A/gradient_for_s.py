"""The gradient with respect to S."""

DIAGNOSIS = "the gradient with respect to S"


def grad_loss_A(X, A, S):
    return -2 * A.T @ (X - A @ S)
