"""Absolute values, where squares belong."""

DIAGNOSIS = "absolute values, where squares belong"


def factorization_loss(X, A, S):
    return np.sum(np.abs(X - A @ S))
