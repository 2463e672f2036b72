"""A start a hundred times smaller, with a default."""


def factorize(X, rank, n_steps, learning_rate, seed, scale=0.01):
    rng = np.random.default_rng(seed)
    A, S = scale * rng.normal(size=(X.shape[0], rank)), scale * rng.normal(size=(rank, X.shape[1]))
    losses = np.empty(n_steps)
    for step in range(n_steps):
        A = A - learning_rate * grad_loss_A(X, A, S)
        S = S - learning_rate * grad_loss_S(X, A, S)
        losses[step] = factorization_loss(X, A, S)
    return A, S, losses
