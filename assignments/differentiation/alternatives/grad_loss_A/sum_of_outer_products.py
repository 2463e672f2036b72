"""A sum over the columns of X."""


def outer_products(residual, factor):
    return sum(np.outer(r, s) for r, s in zip(residual.T, factor.T))


def grad_loss_A(X, A, S):
    return 2 * outer_products(A @ S - X, S)
