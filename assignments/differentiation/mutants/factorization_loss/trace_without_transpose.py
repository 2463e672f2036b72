"""Tr(E E), where tr(E E^T) belongs."""

DIAGNOSIS = "tr(E E), where tr(E E^T) belongs"


def factorization_loss(X, A, S):
    return np.trace((X - A @ S) @ (X - A @ S))
