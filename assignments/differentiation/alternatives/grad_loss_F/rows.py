"""Row by row."""


def grad_loss_F(X, F):
    return np.stack([2 * (f - x) for x, f in zip(X, F)])
