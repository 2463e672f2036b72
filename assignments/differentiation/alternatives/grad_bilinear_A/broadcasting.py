"""A column times a row."""


def grad_bilinear_A(x, A, c):
    return x[:, None] * c
