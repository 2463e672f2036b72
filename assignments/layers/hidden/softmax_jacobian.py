"""Tries several numbers of classes, equal and sure probabilities and mixed scales, against the derivative of SoftMax."""

import numpy as np

from autograder.derivatives import jacobian


def true_row(x):
    exponentials = np.exp(x - x.real.max())
    return exponentials / exponentials.sum()


def truth(y):
    # The logarithm is one of the rows of logits that SoftMax maps to y.
    return jacobian(true_row, np.log(y))


def hidden_cases(check):
    rng = np.random.default_rng(202)
    y = true_row(rng.normal(size=5))
    check.hidden("five classes", y, truth=truth)
    check.hidden("two classes", np.array([0.3, 0.7]), truth=truth)
    check.hidden("equal probabilities", np.full(6, 1 / 6), truth=truth, group="edge")
    check.hidden("one class", np.array([1.0]), expected=np.zeros((1, 1)), group="edge", floor=1.0)
    check.hidden("a row that is sure of itself", np.array([0.0, 1.0, 0.0]), expected=np.zeros((3, 3)), group="edge", floor=1.0)
    check.standard_cases(y, truth=truth)
    mixed = np.array([1e-8, 0.55, 1e-4, 1e-2, 0.0])
    mixed[4] = 1.0 - mixed[:4].sum()
    check.hidden("probabilities of widely mixed scale", mixed, truth=truth, group="care", per="entry")


def declared_mistakes(check):
    check.mistake("only the case i = k: the entries off the diagonal are missing", lambda y: np.diag(y * (1 - y)))
    check.mistake("-y_i y_k everywhere: the term of the case i = k is missing", lambda y: -np.outer(y, y))
    check.mistake("diag(y) + y y^T: the sign of the second term", lambda y: np.diag(y) + np.outer(y, y))
    check.mistake(
        "diag(y) - y * y.T: y has one axis, so that y.T is y, and y * y.T squares each entry", lambda y: np.diag(y) - y * y.T
    )
    check.mistake("both cases added on the diagonal", lambda y: np.diag(y * (1 - y)) - np.outer(y, y))
    check.mistake("diag(y) alone: y y^T is missing", lambda y: np.diag(y))
    check.mistake("I - y y^T: the identity stands where diag(y) belongs", lambda y: np.eye(len(y), dtype=y.dtype) - np.outer(y, y))
    check.mistake("y_i (1 - y_k) everywhere: the case i = k is used off the diagonal, too", lambda y: np.outer(y, 1 - y))
    check.mistake(
        "y_k stands on the diagonal, where y_k (1 - y_k) belongs",
        lambda y: np.diag(y + y * y) - np.outer(y, y),
    )
    check.mistake("diag(y squared) - y y^T", lambda y: np.diag(y * y) - np.outer(y, y))
    check.mistake("y (1 - y), the diagonal as a vector", lambda y: y * (1 - y))
    check.mistake("1 - y y^T", lambda y: 1 - np.outer(y, y))
    check.mistake("diag(y) - y^T y: a number is subtracted from every entry", lambda y: np.diag(y) - y @ y)
