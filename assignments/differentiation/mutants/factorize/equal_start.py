"""All columns of A start equal, and stay so."""

DIAGNOSIS = "as if they had started equal"


def factorize(X, rank, n_steps, learning_rate, seed):
    A = np.full((X.shape[0], rank), 0.1)
    S = np.full((rank, X.shape[1]), 0.1)
    losses = np.empty(n_steps)
    for step in range(n_steps):
        A = A - learning_rate * grad_loss_A(X, A, S)
        S = S - learning_rate * grad_loss_S(X, A, S)
        losses[step] = factorization_loss(X, A, S)
    return A, S, losses
