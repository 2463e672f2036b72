"""X (A c)^T: A is still there."""

DIAGNOSIS = "x (A c)^T: A is still there"


def grad_bilinear_A(x, A, c):
    return np.outer(x, A @ c)
