"""Central differences with the usual step."""

DIAGNOSIS = "as with a finite difference"


def grad_quadratic(x):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = 1e-5
        x_ahead, x_behind = x + step, x - step
        gradient[index] = ((x_ahead @ x_ahead) - (x_behind @ x_behind)) / (2 * 1e-5)
    return gradient.astype(np.result_type(x, np.float32))
