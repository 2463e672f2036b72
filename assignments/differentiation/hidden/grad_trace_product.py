"""Tries square and rectangular factors, single rows and columns and mixed scales, against the derivative of the trace."""

import numpy as np

from autograder.derivatives import gradient


def truth(A, B):
    return gradient(lambda Z: np.trace(Z @ B), A)


def hidden_cases(check):
    rng = np.random.default_rng(12)
    A, B = rng.normal(size=(5, 5)), rng.normal(size=(5, 5))
    check.hidden("larger square matrices", A, B, truth=truth)
    A, B = rng.normal(size=(3, 4)), rng.normal(size=(4, 3))
    check.hidden("rectangular matrices", A, B, truth=truth)
    check.hidden("matrices of one element", rng.normal(size=(1, 1)), rng.normal(size=(1, 1)), truth=truth, group="edge")
    check.hidden("one row times one column", rng.normal(size=(1, 5)), rng.normal(size=(5, 1)), truth=truth, group="edge")
    check.hidden("one column times one row", rng.normal(size=(5, 1)), rng.normal(size=(1, 5)), truth=truth, group="edge")
    check.standard_cases(A, B, truth=truth, integers=True)
    scales = 10.0 ** rng.permutation(np.linspace(-8, 8, 12)).reshape(4, 3)
    check.hidden(
        "entries of widely mixed scale",
        1e8 * rng.uniform(1, 2, size=(3, 4)),
        scales * rng.uniform(1, 2, size=(4, 3)),
        truth=truth,
        group="care",
        per="entry",
    )


def declared_mistakes(check):
    check.mistake("B, where its transpose belongs", lambda A, B: B.copy())
    check.mistake("A^T: the derivative with respect to the other factor", lambda A, B: A.T.copy())
    check.mistake("A itself", lambda A, B: A.copy())
    check.mistake("the identity: the derivative of tr(A)", lambda A, B: np.eye(*A.shape, dtype=A.dtype))
    check.mistake("A entry by entry times B^T: the terms of the sum, not their derivatives", lambda A, B: A * B.T)
    check.mistake("the trace itself, not its derivative", lambda A, B: np.trace(A @ B))
    check.mistake("only the diagonal of B^T", lambda A, B: np.eye(*A.shape, dtype=A.dtype) * B.T)
    check.mistake("ones in every entry", lambda A, B: np.ones_like(A))
    check.mistake("B + B^T: B belongs there only once, transposed", lambda A, B: B + B.T)
    check.mistake("A B itself, not the derivative of its trace", lambda A, B: A @ B)
    check.mistake("the transpose of A times B entry by entry: A does not belong there", lambda A, B: (A * B).T)
