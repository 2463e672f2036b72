"""Everything becomes float64."""

DIAGNOSIS = "although every argument is float32"


def grad_quadratic(x):
    return 2 * x.astype(float)
