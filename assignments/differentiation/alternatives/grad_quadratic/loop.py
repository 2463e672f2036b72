"""A loop over the entries."""


def grad_quadratic(x):
    result = np.empty_like(x)
    for i in range(len(x)):
        result[i] = 2 * x[i]
    return result
