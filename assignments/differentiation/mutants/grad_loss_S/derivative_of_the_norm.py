"""The derivative of the norm, not of its square."""

DIAGNOSIS = "the derivative of the norm, not of its square"


def grad_loss_S(X, A, S):
    return -A.T @ (X - A @ S) / np.sqrt(np.sum((X - A @ S) ** 2))
