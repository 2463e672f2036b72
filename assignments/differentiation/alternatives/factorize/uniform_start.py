"""A uniform start, the old random interface, a list made into an array."""


def factorize(X, rank, n_steps, learning_rate, seed):
    generator = np.random.RandomState(seed)
    A = 0.5 * generator.rand(X.shape[0], rank)
    S = 0.5 * generator.rand(rank, X.shape[1])
    losses = []
    for _ in range(n_steps):
        A = A - learning_rate * grad_loss_A(X, A, S)
        S = S - learning_rate * grad_loss_S(X, A, S)
        losses.append(factorization_loss(X, A, S))
    return A, S, np.array(losses)
