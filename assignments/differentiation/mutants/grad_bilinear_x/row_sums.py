"""The row sums of A: c is missing."""

DIAGNOSIS = "the row sums of A: c is missing"


def grad_bilinear_x(x, A, c):
    return A.sum(axis=1)
