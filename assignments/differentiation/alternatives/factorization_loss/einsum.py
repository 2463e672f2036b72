"""By einsum."""


def factorization_loss(X, A, S):
    residual = X - A @ S
    return np.einsum("nm,nm->", residual, residual)
