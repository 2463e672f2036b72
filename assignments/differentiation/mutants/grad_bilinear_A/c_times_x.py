"""C x^T, where x c^T belongs."""

DIAGNOSIS = "c x^T, where x c^T belongs"


def grad_bilinear_A(x, A, c):
    return np.outer(c, x)
