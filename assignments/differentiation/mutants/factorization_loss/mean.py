"""The mean of the squares, where their sum belongs."""

DIAGNOSIS = "the mean of the squares, where their sum belongs"


def factorization_loss(X, A, S):
    return np.mean((X - A @ S) ** 2)
