"""The flattened residual times itself."""


def factorization_loss(X, A, S):
    residual = (X - A @ S).ravel()
    return residual @ residual
