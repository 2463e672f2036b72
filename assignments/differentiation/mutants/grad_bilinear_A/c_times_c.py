"""C c^T: c stands where x belongs."""

DIAGNOSIS = "c c^T: c stands where x belongs"


def grad_bilinear_A(x, A, c):
    return np.outer(c, c)
