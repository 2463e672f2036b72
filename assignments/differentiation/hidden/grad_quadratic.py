"""Tries random vectors, one element, whole numbers and mixed scales, against the derivative of the sum of squares."""

import numpy as np

from autograder.derivatives import gradient


def truth(x):
    return gradient(lambda z: np.sum(z * z), x)


def hidden_cases(check):
    rng = np.random.default_rng(11)
    x = rng.normal(size=7)
    check.hidden("a longer random vector", x, truth=truth)
    check.hidden("negative entries", -np.abs(rng.normal(size=4)) - 1, truth=truth)
    check.hidden("a single random element", rng.normal(size=1), truth=truth, group="edge")
    check.standard_cases(x, truth=truth, integers=True)
    scales = 10.0 ** np.array([-8, 8, -5, 0, 5, -2, 3])
    check.hidden("entries of widely mixed scale", scales * rng.uniform(1, 2, size=7), truth=truth, group="care", per="entry")


def declared_mistakes(check):
    check.dimension("N", "the length of x", len, averages=False)
    check.mistake("each entry of x is squared", lambda x: x * x)
    check.mistake("x divided by its length: the derivative of the norm, not of its square", lambda x: x / np.sqrt(x @ x))
    check.mistake("x^T x itself, not its derivative", lambda x: x @ x)
    check.mistake("x as a column added to x as a row: an N x N array", lambda x: x[:, np.newaxis] + x)
    check.mistake("2 alone: x is missing", lambda x: 2 * np.ones_like(x))
    check.mistake("2 x summed over its entries, in every entry", lambda x: 2 * np.sum(x) * np.ones_like(x))
