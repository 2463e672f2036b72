"""Everything becomes float64."""

DIAGNOSIS = "although every argument is float32"


def grad_bilinear_A(x, A, c):
    return np.outer(x, c).astype(float)
