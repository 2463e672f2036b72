"""By einsum."""


def grad_loss_S(X, A, S):
    return 2 * np.einsum("nr,nm->rm", A, A @ S - X)
