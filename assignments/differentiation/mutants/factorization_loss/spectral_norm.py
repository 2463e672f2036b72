"""The largest singular value squared, where the squares of all entries belong."""

DIAGNOSIS = "the largest singular value squared, where the squares of all entries belong"


def factorization_loss(X, A, S):
    return np.linalg.norm(X - A @ S, 2) ** 2
