"""No function of the notebook is used; in place on own arrays."""


def factorize(X, rank, n_steps, learning_rate, seed):
    rng = np.random.default_rng(seed)
    A = 0.1 * rng.standard_normal((X.shape[0], rank))
    S = 0.1 * rng.standard_normal((rank, X.shape[1]))
    losses = np.zeros(n_steps)
    for k in range(n_steps):
        A += 2 * learning_rate * (X - A @ S) @ S.T
        S += 2 * learning_rate * A.T @ (X - A @ S)
        losses[k] = ((X - A @ S) ** 2).sum()
    return A, S, losses
