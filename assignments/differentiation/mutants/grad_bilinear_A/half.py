"""Half of the answer."""

DIAGNOSIS = "a factor of 2 is missing"


def grad_bilinear_A(x, A, c):
    return np.outer(x, c) / 2
