"""The losses are means, where the loss is a sum."""

DIAGNOSIS = ""


def factorize(X, rank, n_steps, learning_rate, seed):
    rng = np.random.default_rng(seed)
    A = 0.1 * rng.normal(size=(X.shape[0], rank))
    S = 0.1 * rng.normal(size=(rank, X.shape[1]))
    losses = np.empty(n_steps)
    for step in range(n_steps):
        A = A - learning_rate * grad_loss_A(X, A, S)
        S = S - learning_rate * grad_loss_S(X, A, S)
        losses[step] = np.mean((X - A @ S) ** 2)
    return A, S, losses
