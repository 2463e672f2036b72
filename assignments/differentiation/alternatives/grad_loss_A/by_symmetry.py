"""From the other gradient, all transposed."""


def grad_loss_A(X, A, S):
    return grad_loss_S(X.T, S.T, A.T).T.copy()
