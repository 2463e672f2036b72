"""Central differences with a step of one, exact for a quadratic."""

DIAGNOSIS = "as with a finite difference"


def grad_quadratic(x):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = 1.0
        x_ahead, x_behind = x + step, x - step
        gradient[index] = ((x_ahead @ x_ahead) - (x_behind @ x_behind)) / (2 * 1.0)
    return gradient.astype(np.result_type(x, np.float32))
