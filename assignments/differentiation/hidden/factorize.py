"""Tries whether the descent nears the best error of its rank, answers a seed the same way twice, and records the right losses."""

import numpy as np


def matrix(seed, n_rows, n_columns, singular_values):
    rng = np.random.default_rng(seed)
    left = np.linalg.qr(rng.normal(size=(n_rows, len(singular_values))))[0]
    right = np.linalg.qr(rng.normal(size=(n_columns, len(singular_values))))[0]
    return left * np.array(singular_values) @ right.T


def loss_of(X, A, S):
    return np.sum((X - A @ S) ** 2)


def wrong_shapes(X, rank, n_steps, result):
    shapes = [np.shape(array) for array in result]
    if shapes[:2] == [(rank, X.shape[1]), (X.shape[0], rank)] != [(X.shape[0], rank), (rank, X.shape[1])]:
        return "A and S are returned in the wrong order"
    if shapes[2] == (n_steps + 1,):
        return "losses has one entry more than there are steps: is the loss of the start among them?"
    for name, array, shape in zip(("A", "S", "losses"), result, ((X.shape[0], rank), (rank, X.shape[1]), (n_steps,))):
        if np.shape(array) != shape:
            return f"{name} has another shape than the docstring says"
    # Every comparison is written so that NaN, which finite but huge entries give, fails it.
    if not np.isfinite(loss_of(X, *result[:2])):
        return "the loss of the returned A and S is no finite number: do the steps diverge?"
    return None


def why(X, rank, A, S):
    if not np.any(A) and not np.any(S):
        return ": A and S stay zero, where both gradients vanish"
    singular_values = np.linalg.svd(A, compute_uv=False)
    if min(A.shape) > 1 and singular_values[1] < 1e-9 * singular_values[0]:
        return ": the columns of A stay multiples of one another, as if they had started equal"
    return ""


def near_best(X, rank, n_steps):
    best = np.sum(np.linalg.svd(X, compute_uv=False)[rank:] ** 2)

    def holds(result):
        problem = wrong_shapes(X, rank, n_steps, result)
        if problem:
            return problem
        A, S, _ = result
        if not loss_of(X, A, S) <= 1.01 * best + 1e-6 * np.sum(X * X):
            return "the loss of the returned A and S stays above the best error of this rank" + why(X, rank, A, S)
        return None

    return holds


def keeps_books(X, rank, n_steps):
    def holds(result):
        problem = wrong_shapes(X, rank, n_steps, result)
        if problem:
            return problem
        A, S, losses = result
        if not abs(losses[-1] - loss_of(X, A, S)) <= 1e-9 * np.sum(X * X):
            if abs(losses[-1] ** 2 - loss_of(X, A, S)) < 1e-9 * np.sum(X * X):
                return "the last loss is the norm of X - A S, where its square belongs"
            return "the last loss is not the loss of the returned A and S: was it recorded before the last update?"
        if not losses[-1] < losses[0]:
            return "the last loss is not smaller than the first"
        if not np.mean(np.diff(losses) <= 1e-9 * np.sum(X * X)) >= 0.9:
            return "the losses rise in many steps"
        return None

    return holds


def follows(memory, X, rank, n_steps, learning_rate):
    # The start is the student's choice, even one for each number of steps; a step from where another call ended is not.
    def holds(result):
        problem = wrong_shapes(X, rank, n_steps, result)
        if problem:
            return problem
        new_A, new_S = (np.array(array, dtype=float) for array in result[:2])
        if memory:
            A, S = memory
            residual = X - A @ S
            by_docstring = A + 2 * learning_rate * residual @ S.T
            close = 1e-9 * np.abs(X).max()
            at_old_place = S + 2 * learning_rate * A.T @ residual
            # S first is the same descent; both at once is another.
            if np.abs(new_A - by_docstring).max() <= close and np.abs(new_S - at_old_place).max() <= close:
                return "the gradient of S is taken at the old A, where the docstring takes it at the new one"
        memory[:] = [new_A, new_S]
        return None

    return holds


def stands_still(X, rank, n_steps):
    def holds(result):
        problem = wrong_shapes(X, rank, n_steps, result)
        if not problem and np.ptp(result[2]) > 1e-9 * np.sum(X * X):
            return "with a learning rate of zero the losses still change: is each step the learning rate times a gradient?"
        return problem

    return holds


def same_as_before(memory, X, rank, n_steps):
    def holds(result):
        problem = wrong_shapes(X, rank, n_steps, result)
        if problem:
            return problem
        now = [np.array(array, dtype=float) for array in result]
        if memory and not all(np.array_equal(one, other) for one, other in zip(memory, now)):
            return "the same arguments with the same seed give another result"
        memory.extend(now)
        return None

    return holds


def hidden_cases(check):
    wide, tall = matrix(22, 6, 9, [8, 6, 4, 1, 0.5, 0.3]), matrix(21, 7, 5, [6, 4, 1, 0.5, 0.2])
    check.hidden("a tall matrix comes near the best error", tall, 2, 500, 0.02, 1, holds=near_best(tall, 2, 500))
    check.hidden("a wide matrix of another rank comes near the best error", wide, 3, 500, 0.015, 2, holds=near_best(wide, 3, 500))
    check.hidden("another seed comes near the best error", wide, 3, 500, 0.015, 3, holds=near_best(wide, 3, 500))
    column, row, full = matrix(23, 6, 1, [5]), matrix(24, 1, 6, [5]), matrix(25, 4, 3, [6, 5, 4])
    check.hidden("one column", column, 1, 400, 0.02, 4, holds=near_best(column, 1, 400), group="edge")
    check.hidden("one row", row, 1, 400, 0.02, 5, holds=near_best(row, 1, 400), group="edge")
    check.hidden("full rank, where nothing is left over", full, 3, 600, 0.02, 6, holds=near_best(full, 3, 600), group="edge")
    whole = np.rint(matrix(26, 5, 4, [9, 7, 1, 0.5])).astype(np.int64)
    check.hidden("a matrix of whole numbers", whole, 2, 600, 0.015, 7, holds=near_best(whole, 2, 600), group="edge")
    memory = []
    check.hidden("a first call with some seed", tall, 2, 20, 0.02, 8, holds=same_as_before(memory, tall, 2, 20), group="edge")
    check.hidden("the same seed again", tall, 2, 20, 0.02, 8, holds=same_as_before(memory, tall, 2, 20), group="edge")
    check.hidden("a learning rate of zero", tall, 2, 5, 0.0, 13, holds=stands_still(tall, 2, 5), group="edge")
    check.hidden("a single step", tall, 2, 1, 0.02, 9, holds=lambda result: wrong_shapes(tall, 2, 1, result), group="edge")
    steps = []
    check.hidden("one step, to begin with", wide, 3, 1, 0.015, 12, holds=follows(steps, wide, 3, 1, 0.015), group="care")
    check.hidden("S is updated with the new A", wide, 3, 2, 0.015, 12, holds=follows(steps, wide, 3, 2, 0.015), group="care")
    check.hidden("few steps: each loss in its place", wide, 3, 12, 0.015, 10, holds=keeps_books(wide, 3, 12), group="care")
    check.hidden("many steps: the losses go down", wide, 3, 300, 0.015, 11, holds=keeps_books(wide, 3, 300), group="care")
