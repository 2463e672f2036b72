"""A 1 x 1 array in the place of a number."""

DIAGNOSIS = "an axis of length one too many"


def factorization_loss(X, A, S):
    return np.sum((X - A @ S) ** 2, keepdims=True)
