"""The entries of X - A S summed without being squared."""

DIAGNOSIS = "the entries of X - A S summed without being squared"


def factorization_loss(X, A, S):
    return np.sum(X - A @ S)
