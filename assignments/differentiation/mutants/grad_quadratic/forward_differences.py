"""Forward differences stand in for the formula."""

DIAGNOSIS = "was something approximated"


def grad_quadratic(x):
    gradient = np.zeros(x.shape)
    for i in range(len(x)):
        moved = np.array(x, dtype=float)
        moved[i] += 1e-6
        gradient[i] = (moved @ moved - x @ x) / 1e-6
    return gradient.astype(np.result_type(x, np.float32))
