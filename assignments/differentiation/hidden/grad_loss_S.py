"""Tries several sizes and ranks, single rows and columns and mixed scales, against the derivative with respect to S."""

import numpy as np

from autograder.derivatives import gradient


def truth(X, A, S):
    return gradient(lambda Z: np.sum((X - A @ Z) * (X - A @ Z)), S)


def hidden_cases(check):
    rng = np.random.default_rng(18)
    X, A, S = rng.normal(size=(4, 5)), rng.normal(size=(4, 2)), rng.normal(size=(2, 5))
    check.hidden("more rows, columns and a larger rank", X, A, S, truth=truth)
    check.hidden("a tall matrix", rng.normal(size=(7, 3)), rng.normal(size=(7, 2)), rng.normal(size=(2, 3)), truth=truth)
    check.hidden("square matrices", rng.normal(size=(3, 3)), rng.normal(size=(3, 3)), rng.normal(size=(3, 3)), truth=truth)
    check.hidden("everything of one element", X[:1, :1], A[:1, :1], S[:1, :1], truth=truth, group="edge")
    check.hidden("one row", X[:1], A[:1], S, truth=truth, group="edge")
    check.hidden("one column", X[:, :1], A, S[:, :1], truth=truth, group="edge")
    check.hidden("rank one", X, A[:, :1], S[:1], truth=truth, group="edge")
    check.standard_cases(X, A, S, truth=truth, integers=True)
    column_scales, rank_scales = 10.0 ** np.array([-8, 8, 0, -4, 4]), 10.0 ** np.array([3, -3])
    check.hidden(
        "entries of widely mixed scale",
        -column_scales * rng.uniform(1, 2, size=(4, 5)),
        rank_scales * rng.uniform(1, 2, size=(4, 2)),
        column_scales / rank_scales[:, np.newaxis] * rng.uniform(1, 2, size=(2, 5)),
        truth=truth,
        group="care",
        per="entry",
    )
    check.probe("square matrices", *rng.normal(size=(3, 4, 4)), truth=truth)


def by_jacobian(X, A, S, order_of_vec, order_of_result):
    # The Jacobian stacks columns, on both sides.
    jacobian = np.kron(np.eye(X.shape[1]), A)
    return (jacobian.T @ (-2 * (X - A @ S)).ravel(order=order_of_vec)).reshape(S.shape, order=order_of_result)


def declared_mistakes(check):
    check.dimension("N", "the number of rows of X", lambda X, A, S: len(X), averages=False)
    check.dimension("M", "the number of columns of X", lambda X, A, S: X.shape[1], averages=False)
    check.mistake("-2 (X - A S) A: A stands on the wrong side", lambda X, A, S: -2 * (X - A @ S) @ A)
    check.mistake("-2 A^T X + A^T A S: the term with A twice counts once only", lambda X, A, S: -2 * A.T @ X + A.T @ A @ S)
    check.mistake("the pseudo-inverse of A, where A^T belongs", lambda X, A, S: -2 * np.linalg.pinv(A) @ (X - A @ S))
    check.mistake(
        "only the first column of A, for every row of S", lambda X, A, S: np.ones_like(A).T * (-2 * A[:, 0] @ (X - A @ S))
    )
    for order in ("C", "F"):
        check.mistake(
            "a vec that stacks rows stands beside a Jacobian that stacks columns",
            lambda *a, order=order: by_jacobian(*a, "C", order),
        )
    check.mistake(
        "the vec of the gradient, which stacks columns, is made a matrix row by row", lambda *a: by_jacobian(*a, "F", "C")
    )
    check.mistake("-2 (X - A S) A^T: A^T stands on the wrong side", lambda X, A, S: -2 * (X - A @ S) @ A.T)
    check.mistake("-2 A (X - A S): A is not transposed", lambda X, A, S: -2 * A @ (X - A @ S))
    check.mistake("-2 A^T X: A S is not subtracted", lambda X, A, S: -2 * A.T @ X)
    check.mistake("2 A^T A S: X is missing", lambda X, A, S: 2 * A.T @ A @ S)
    check.mistake("-2 A^T (X + A S), where -2 A^T (X - A S) belongs", lambda X, A, S: -2 * A.T @ (X + A @ S))
    check.mistake("this is the gradient with respect to A", lambda X, A, S: -2 * (X - A @ S) @ S.T)
    check.mistake(
        "the derivative of the norm, not of its square", lambda X, A, S: -A.T @ (X - A @ S) / np.sqrt(np.sum((X - A @ S) ** 2))
    )
    check.mistake(
        "divided by the number of entries of X: the derivative of the mean", lambda X, A, S: -2 * A.T @ (X - A @ S) / X.size
    )
    check.mistake("-2 (X - A S): the derivative with respect to F = A S", lambda X, A, S: -2 * (X - A @ S))
    check.mistake("the loss itself, not its derivative", lambda X, A, S: np.sum((X - A @ S) ** 2))
