"""The loss itself, not its derivative."""

DIAGNOSIS = "the loss itself, not its derivative"


def grad_loss_A(X, A, S):
    return np.sum((X - A @ S) ** 2)
