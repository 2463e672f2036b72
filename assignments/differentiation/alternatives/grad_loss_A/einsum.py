"""By einsum."""


def grad_loss_A(X, A, S):
    return 2 * np.einsum("nm,rm->nr", A @ S - X, S)
