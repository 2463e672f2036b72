"""c^T A^T as a row."""


def grad_bilinear_x(x, A, c):
    return c @ A.T
