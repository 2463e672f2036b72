"""Tries several sizes, one column, rank one and a very close fit, against a sum that is taken entry by entry."""

import numpy as np


def truth(X, A, S):
    total = 0.0
    for n in range(X.shape[0]):
        for m in range(X.shape[1]):
            residual = float(X[n, m]) - sum(float(A[n, r]) * float(S[r, m]) for r in range(A.shape[1]))
            total += residual * residual
    return total


def hidden_cases(check):
    rng = np.random.default_rng(15)
    X, A, S = rng.normal(size=(4, 5)), rng.normal(size=(4, 2)), rng.normal(size=(2, 5))
    check.hidden("more rows, columns and a larger rank", X, A, S, truth=truth)
    check.hidden("a tall matrix", rng.normal(size=(7, 3)), rng.normal(size=(7, 2)), rng.normal(size=(2, 3)), truth=truth)
    check.hidden("everything of one element", X[:1, :1], A[:1, :1], S[:1, :1], truth=truth, group="edge")
    check.hidden("one column", X[:, :1], A, S[:, :1], truth=truth, group="edge")
    check.hidden("rank one", X, A[:, :1], S[:1], truth=truth, group="edge")
    check.standard_cases(X, A, S, truth=truth, integers=True)
    check.hidden("a fit so close that little is left", A @ S + 1e-5 * X, A, S, truth=truth, group="care")
    check.probe("a square matrix", rng.normal(size=(4, 4)), rng.normal(size=(4, 2)), rng.normal(size=(2, 4)), truth=truth)


def declared_mistakes(check):
    check.mistake("half of the loss: there is no factor of 1/2 in it", lambda X, A, S: 0.5 * np.sum((X - A @ S) ** 2))
    check.mistake("the norm, where its square belongs", lambda X, A, S: np.sqrt(np.sum((X - A @ S) ** 2)))
    check.mistake("the mean of the squares, where their sum belongs", lambda X, A, S: np.mean((X - A @ S) ** 2))
    check.mistake(
        "the largest singular value squared, where the squares of all entries belong",
        lambda X, A, S: np.linalg.norm(X - A @ S, 2) ** 2,
    )
    check.mistake("absolute values, where squares belong", lambda X, A, S: np.sum(np.abs(X - A @ S)))
    check.mistake("the entries of X - A S summed without being squared", lambda X, A, S: np.sum(X - A @ S))
    check.mistake("tr(E E), where tr(E E^T) belongs", lambda X, A, S: np.trace((X - A @ S) @ (X - A @ S)))
    check.mistake("the square of X alone: A S is not subtracted", lambda X, A, S: np.sum(X * X))
    check.mistake("X + A S, where X - A S belongs", lambda X, A, S: np.sum((X + A @ S) ** 2))
    check.mistake("the square of X minus the square of A S", lambda X, A, S: np.sum(X * X) - np.sum((A @ S) ** 2))
    check.mistake("one number for each row: summed over the columns only", lambda X, A, S: np.sum((X - A @ S) ** 2, axis=1))
    check.mistake("only the squares on the diagonal", lambda X, A, S: np.trace((X - A @ S) ** 2))
