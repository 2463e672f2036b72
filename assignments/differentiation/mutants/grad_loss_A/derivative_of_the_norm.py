"""The derivative of the norm, not of its square."""

DIAGNOSIS = "the derivative of the norm, not of its square"


def grad_loss_A(X, A, S):
    return -(X - A @ S) @ S.T / np.sqrt(np.sum((X - A @ S) ** 2))
