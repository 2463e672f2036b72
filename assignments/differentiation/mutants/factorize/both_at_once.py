"""Both gradients are taken at the old A and S."""

DIAGNOSIS = "the gradient of S is taken at the old A, where the docstring takes it at the new one"


def factorize(X, rank, n_steps, learning_rate, seed):
    rng = np.random.default_rng(seed)
    A = 0.1 * rng.normal(size=(X.shape[0], rank))
    S = 0.1 * rng.normal(size=(rank, X.shape[1]))
    losses = np.empty(n_steps)
    for step in range(n_steps):
        step_A, step_S = grad_loss_A(X, A, S), grad_loss_S(X, A, S)
        A = A - learning_rate * step_A
        S = S - learning_rate * step_S
        losses[step] = factorization_loss(X, A, S)
    return A, S, losses
