"""Tries several sizes, single rows and columns and mixed scales, against the derivative with respect to F."""

import numpy as np

from autograder.derivatives import gradient


def truth(X, F):
    return gradient(lambda Z: np.sum((X - Z) * (X - Z)), F)


def hidden_cases(check):
    rng = np.random.default_rng(16)
    X, F = rng.normal(size=(4, 5)), rng.normal(size=(4, 5))
    check.hidden("more rows and columns", X, F, truth=truth)
    check.hidden("a tall matrix", rng.normal(size=(6, 2)), rng.normal(size=(6, 2)), truth=truth)
    check.hidden("one element", X[:1, :1], F[:1, :1], truth=truth, group="edge")
    check.hidden("one column", X[:, :1], F[:, :1], truth=truth, group="edge")
    check.hidden("one row", X[:1], F[:1], truth=truth, group="edge")
    check.standard_cases(X, F, truth=truth, integers=True)
    scales = 10.0 ** rng.permutation(np.linspace(-8, 8, 20)).reshape(4, 5)
    check.hidden(
        "entries of widely mixed scale",
        -scales * rng.uniform(1, 2, size=(4, 5)),
        scales * rng.uniform(1, 2, size=(4, 5)),
        truth=truth,
        group="care",
        per="entry",
    )


def declared_mistakes(check):
    check.dimension("N", "the number of rows of X", lambda X, F: len(X), averages=False)
    check.dimension("M", "the number of columns of X", lambda X, F: X.shape[1], averages=False)
    check.mistake("2 F: X is missing", lambda X, F: 2 * F)
    check.mistake("-2 X: F is missing", lambda X, F: -2 * X)
    check.mistake("-2 (X + F), where -2 (X - F) belongs", lambda X, F: -2 * (X + F))
    check.mistake("the derivative of the norm, not of its square", lambda X, F: -(X - F) / np.sqrt(np.sum((X - F) ** 2)))
    check.mistake("divided by the number of entries: the derivative of the mean", lambda X, F: -2 * (X - F) / X.size)
    check.mistake("-2 (X - F) squared entry by entry", lambda X, F: -2 * (X - F) ** 2)
    check.mistake("the loss itself, not its derivative", lambda X, F: np.sum((X - F) ** 2))
    check.mistake("-2 |X - F|: the signs of the entries are lost", lambda X, F: -2 * np.abs(X - F))
    check.mistake("summed over the rows: one number for each column", lambda X, F: -2 * (X - F).sum(axis=0))
    check.mistake("only the signs of X - F: the derivative of absolute values", lambda X, F: -2 * np.sign(X - F))
