"""tr(E E^T)."""


def factorization_loss(X, A, S):
    residual = X - A @ S
    return np.trace(residual @ residual.T)
