"""Tries square and rectangular matrices, single rows and columns and mixed scales, against the derivative with respect to A."""

import numpy as np

from autograder.derivatives import gradient


def truth(x, A, c):
    return gradient(lambda Z: np.sum(x[:, np.newaxis] * Z * c), A)


def hidden_cases(check):
    rng = np.random.default_rng(14)
    check.hidden("a larger square matrix", rng.normal(size=5), rng.normal(size=(5, 5)), rng.normal(size=5), truth=truth)
    x, A, c = rng.normal(size=4), rng.normal(size=(4, 6)), rng.normal(size=6)
    check.hidden("a rectangular matrix", x, A, c, truth=truth)
    check.hidden("everything of one element", x[:1], A[:1, :1], c[:1], truth=truth, group="edge")
    check.hidden("one row", x[:1], A[:1], c, truth=truth, group="edge")
    check.hidden("one column", x, A[:, :1], c[:1], truth=truth, group="edge")
    check.standard_cases(x, A, c, truth=truth, integers=True)
    check.hidden(
        "entries of widely mixed scale",
        10.0 ** np.array([-4, 4, 0, -2]) * rng.uniform(1, 2, size=4),
        1e8 * rng.uniform(1, 2, size=(4, 6)),
        10.0 ** np.array([-4, 4, 0, 1, -2, 2]) * rng.uniform(1, 2, size=6),
        truth=truth,
        group="care",
        per="entry",
    )


def declared_mistakes(check):
    check.mistake("c x^T, where x c^T belongs", lambda x, A, c: np.outer(c, x))
    check.mistake("x x^T: x stands where c belongs", lambda x, A, c: np.outer(x, x))
    check.mistake("c c^T: c stands where x belongs", lambda x, A, c: np.outer(c, c))
    check.mistake("A itself", lambda x, A, c: A.copy())
    check.mistake("the value x^T A c, not its derivative", lambda x, A, c: x @ A @ c)
    check.mistake("x (A c)^T: A is still there", lambda x, A, c: np.outer(x, A @ c))
    check.mistake("x times c entry by entry, where the outer product belongs", lambda x, A, c: x * c)
    check.mistake("only the diagonal of x c^T", lambda x, A, c: np.diag(x * c))
    check.mistake("x_p + c_q, where the product x_p c_q belongs", lambda x, A, c: x[:, np.newaxis] + c)
    check.mistake("x_p a_pq c_q: the terms of the sum, not their derivatives", lambda x, A, c: x[:, np.newaxis] * A * c)
    check.mistake("the number x^T c", lambda x, A, c: x @ c)
