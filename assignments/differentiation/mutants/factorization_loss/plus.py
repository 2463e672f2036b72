"""X + A S, where X - A S belongs."""

DIAGNOSIS = "X + A S, where X - A S belongs"


def factorization_loss(X, A, S):
    return np.sum((X + A @ S) ** 2)
