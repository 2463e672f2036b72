"""Central differences with a step of one, exact for a linear function."""

DIAGNOSIS = "as with a finite difference"


def grad_trace_product(A, B):
    gradient = np.zeros(A.shape)
    for index in np.ndindex(A.shape):
        step = np.zeros(A.shape)
        step[index] = 1.0
        A_ahead, A_behind = A + step, A - step
        gradient[index] = (np.trace(A_ahead @ B) - np.trace(A_behind @ B)) / (2 * 1.0)
    return gradient.astype(np.result_type(A, np.float32))
