"""A times c entry by entry, not summed over the columns."""

DIAGNOSIS = "A times c entry by entry, not summed over the columns"


def grad_bilinear_x(x, A, c):
    return A * c
