"""The square of X alone: A S is not subtracted."""

DIAGNOSIS = "the square of X alone: A S is not subtracted"


def factorization_loss(X, A, S):
    return np.sum(X * X)
