"""The sign is wrong."""

DIAGNOSIS = "the sign is wrong"


def grad_bilinear_A(x, A, c):
    return -np.outer(x, c)
