"""The products are summed over the wrong index."""

DIAGNOSIS = "A times c entry by entry, summed over the rows, where the sum over the columns belongs"


def grad_bilinear_x(x, A, c):
    return np.sum(A * c, axis=0)
