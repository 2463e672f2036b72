"""Column by column."""


def grad_loss_S(X, A, S):
    columns = [2 * A.T @ (A @ s - x) for x, s in zip(X.T, S.T)]
    return np.stack(columns, axis=1)
