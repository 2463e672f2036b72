"""Everything becomes float64."""

DIAGNOSIS = "although every argument is float32"


def grad_bilinear_x(x, A, c):
    return A.astype(float) @ c
