"""The square of X minus the square of A S."""

DIAGNOSIS = "the square of X minus the square of A S"


def factorization_loss(X, A, S):
    return np.sum(X * X) - np.sum((A @ S) ** 2)
