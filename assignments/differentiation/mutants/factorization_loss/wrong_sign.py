"""The sign is wrong."""

DIAGNOSIS = "the sign is wrong"


def factorization_loss(X, A, S):
    return -np.sum((X - A @ S) ** 2)
