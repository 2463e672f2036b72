"""One number for each row: summed over the columns only."""

DIAGNOSIS = "one number for each row: summed over the columns only"


def factorization_loss(X, A, S):
    return np.sum((X - A @ S) ** 2, axis=1)
