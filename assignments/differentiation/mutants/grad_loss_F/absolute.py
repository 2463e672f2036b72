"""-2 |X - F|: the signs of the entries are lost."""

DIAGNOSIS = "-2 |X - F|: the signs of the entries are lost"


def grad_loss_F(X, F):
    return -2 * np.abs(X - F)
