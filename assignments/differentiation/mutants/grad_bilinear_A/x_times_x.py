"""X x^T: x stands where c belongs."""

DIAGNOSIS = "x x^T: x stands where c belongs"


def grad_bilinear_A(x, A, c):
    return np.outer(x, x)
