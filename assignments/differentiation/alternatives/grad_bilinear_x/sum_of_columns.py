"""A combination of the columns of A."""


def combine(columns, weights):
    return sum(weight * column for weight, column in zip(weights, columns))


def grad_bilinear_x(x, A, c):
    return combine(A.T, c)
