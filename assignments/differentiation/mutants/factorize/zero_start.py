"""Starts from zero, where both gradients vanish."""

DIAGNOSIS = "A and S stay zero"


def factorize(X, rank, n_steps, learning_rate, seed):
    A = np.zeros((X.shape[0], rank))
    S = np.zeros((rank, X.shape[1]))
    losses = np.empty(n_steps)
    for step in range(n_steps):
        A = A - learning_rate * grad_loss_A(X, A, S)
        S = S - learning_rate * grad_loss_S(X, A, S)
        losses[step] = factorization_loss(X, A, S)
    return A, S, losses
