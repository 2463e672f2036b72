"""The norm, where its square belongs."""

DIAGNOSIS = "the norm, where its square belongs"


def factorization_loss(X, A, S):
    return np.sqrt(np.sum((X - A @ S) ** 2))
