"""Central differences with a step of one."""

DIAGNOSIS = "as with a finite difference"


def grad_loss_S(X, A, S):
    gradient = np.zeros(S.shape)
    for index in np.ndindex(S.shape):
        step = np.zeros(S.shape)
        step[index] = 1.0
        S_ahead, S_behind = S + step, S - step
        gradient[index] = (np.sum((X - A @ S_ahead) ** 2) - np.sum((X - A @ S_behind) ** 2)) / (2 * 1.0)
    return gradient.astype(np.result_type(S, np.float32))
