"""Derivatives of any smooth function by extrapolated central differences, with an error bound.

The central difference ``D(t) = (f(x + t) - f(x - t)) / 2t`` has an error series in even powers of ``t``. Halving ``t``
and combining, ``D(t/2) + (D(t/2) - D(t)) / 3`` and so on, removes one power after the other.

Source: C. J. F. Ridders, "Accurate computation of F'(x) and F'(x) F''(x)", Advances in Engineering Software 4 (1982),
75-76.
"""

from collections.abc import Callable

import numpy as np

from matrix_checks.checks.estimate import Estimate

LEVELS = 9
SAFETY = 4.0


def richardson_jacobian(function: Callable, x, step: float = 0.1) -> Estimate:
    """All partial derivatives of a smooth real ``function`` at ``x``, with an error bound for each.

    Parameters
    ----------
    function
        Maps a real array of the shape of ``x`` to a scalar or an array of any shape.
    x
        Real array of any shape.
    step
        The largest step, relative to ``max(1, |x_j|)``.

    Returns
    -------
    Estimate
        ``value`` and ``error_bound`` of shape ``function(x).shape + x.shape``.
    """
    x = np.array(x, dtype=np.float64)
    output_shape = np.shape(function(x))
    value = np.empty(output_shape + x.shape)
    bound = np.empty(output_shape + x.shape)
    for index in np.ndindex(x.shape):
        value[(..., *index)], bound[(..., *index)] = _one_partial(function, x, index, step)
    return Estimate(value, bound)


def _one_partial(function: Callable, x: np.ndarray, index: tuple, step: float):
    largest_step = step * max(1.0, abs(float(x[index])))
    best = best_error = None
    previous_row: list[np.ndarray] = []
    for level in range(LEVELS):
        difference, rounding = _central_difference(function, x, index, largest_step / 2**level)
        row = [difference]
        for order in range(1, level + 1):
            factor = 4.0**order
            row.append(row[-1] + (row[-1] - previous_row[order - 1]) / (factor - 1.0))
            disagreement = np.maximum(np.abs(row[-1] - row[-2]), np.abs(row[-1] - previous_row[order - 1]))
            error = SAFETY * (disagreement + rounding)
            if best is None:
                best, best_error = row[-1], error
            else:
                better = error < best_error
                best, best_error = np.where(better, row[-1], best), np.where(better, error, best_error)
        previous_row = row
    return best, best_error


def _central_difference(function: Callable, x: np.ndarray, index: tuple, step: float):
    ahead, behind = x.copy(), x.copy()
    ahead[index] += step
    behind[index] -= step
    above = np.asarray(function(ahead), dtype=np.float64)
    below = np.asarray(function(behind), dtype=np.float64)
    # The step that was really taken differs from the one asked for: x + step is rounded.
    width = ahead[index] - behind[index]
    # The largest output sets the level for all: they usually share their intermediate results.
    largest = max(np.abs(above).max(initial=0.0), np.abs(below).max(initial=0.0))
    rounding = np.finfo(np.float64).eps * largest / width
    return (above - below) / width, rounding
