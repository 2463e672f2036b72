"""Subtracts in place."""

DIAGNOSIS = ""


def factorization_loss(X, A, S):
    X -= A @ S
    return np.sum(X**2)
