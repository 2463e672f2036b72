"""Central differences with a step of one."""

DIAGNOSIS = "as with a finite difference"


def grad_loss_F(X, F):
    gradient = np.zeros(F.shape)
    for index in np.ndindex(F.shape):
        step = np.zeros(F.shape)
        step[index] = 1.0
        F_ahead, F_behind = F + step, F - step
        gradient[index] = (np.sum((X - F_ahead) ** 2) - np.sum((X - F_behind) ** 2)) / (2 * 1.0)
    return gradient.astype(np.result_type(F, np.float32))
