"""Summed in two steps."""


def factorization_loss(X, A, S):
    return ((X - A @ S) ** 2).sum(axis=0).sum()
