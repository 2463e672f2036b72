"""A factor 2."""

DIAGNOSIS = "a factor of 2 too many"


def grad_bilinear_A(x, A, c):
    return 2 * np.outer(x, c)
