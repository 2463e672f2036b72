"""A row, the derivative in numerator layout."""

DIAGNOSIS = "right in numerator layout"


def grad_bilinear_x(x, A, c):
    return (A @ c)[np.newaxis]
