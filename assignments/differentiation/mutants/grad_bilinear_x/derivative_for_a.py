"""X c^T: the derivative with respect to A."""

DIAGNOSIS = "x c^T: the derivative with respect to A"


def grad_bilinear_x(x, A, c):
    return np.outer(x, c)
