"""The squared norm from NumPy."""


def factorization_loss(X, A, S):
    return np.linalg.norm(X - A @ S, "fro") ** 2
