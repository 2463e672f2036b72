"""An N x 1 matrix times a 1 x N matrix."""


def grad_bilinear_A(x, A, c):
    return x.reshape(-1, 1) @ c.reshape(1, -1)
