"""Tries square and rectangular matrices, single rows and columns and mixed scales, against the derivative with respect to x."""

import numpy as np

from autograder.derivatives import gradient


def truth(x, A, c):
    return gradient(lambda z: np.sum(z[:, np.newaxis] * A * c), x)


def hidden_cases(check):
    rng = np.random.default_rng(13)
    check.hidden("a larger square matrix", rng.normal(size=5), rng.normal(size=(5, 5)), rng.normal(size=5), truth=truth)
    x, A, c = rng.normal(size=4), rng.normal(size=(4, 6)), rng.normal(size=6)
    check.hidden("a rectangular matrix", x, A, c, truth=truth)
    check.hidden("everything of one element", x[:1], A[:1, :1], c[:1], truth=truth, group="edge")
    check.hidden("one row", x[:1], A[:1], c, truth=truth, group="edge")
    check.hidden("one column", x, A[:, :1], c[:1], truth=truth, group="edge")
    check.standard_cases(x, A, c, truth=truth, integers=True)
    row_scales, column_scales = 10.0 ** np.array([-8, 8, 0, -4]), 10.0 ** np.array([-3, 3, 0, 1, -2, 2])
    check.hidden(
        "rows of widely mixed scale",
        1e8 * rng.uniform(1, 2, size=4),
        row_scales[:, np.newaxis] / column_scales * rng.uniform(1, 2, size=(4, 6)),
        column_scales * rng.uniform(1, 2, size=6),
        truth=truth,
        group="care",
        per="entry",
    )


def declared_mistakes(check):
    check.mistake("A^T c, where A c belongs", lambda x, A, c: A.T @ c)
    check.mistake("x^T A: x stands where c belongs, on the other side", lambda x, A, c: x @ A)
    check.mistake("A x: x stands where c belongs", lambda x, A, c: A @ x)
    check.mistake("c alone: A is missing", lambda x, A, c: c.copy())
    check.mistake("A alone: c is missing", lambda x, A, c: A.copy())
    check.mistake("A times c entry by entry, not summed over the columns", lambda x, A, c: A * c)
    check.mistake("the value x^T A c, not its derivative", lambda x, A, c: x @ A @ c)
    check.mistake("A c + A^T c: as if x stood on both sides", lambda x, A, c: A @ c + A.T @ c)
    check.mistake("x c^T: the derivative with respect to A", lambda x, A, c: np.outer(x, c))
    check.mistake(
        "A times c entry by entry, summed over the rows, where the sum over the columns belongs",
        lambda x, A, c: np.sum(A * c, axis=0),
    )
    check.mistake("the row sums of A: c is missing", lambda x, A, c: A.sum(axis=1))
    check.mistake("x times A c entry by entry: the terms of the sum, not their derivatives", lambda x, A, c: x * (A @ c))
