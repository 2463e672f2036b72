"""The inverse and the determinant of a matrix with infinitesimals: of the numbers first, then of what is infinitely small, exactly."""

from collections.abc import Callable
from decimal import Decimal

import numpy as np

from matrix_checks.derivations.values import jets
from matrix_checks.derivations.values.jets import ONE, CannotEvaluate, Jet, ShapeError

# Each step of Newton's iteration doubles the order to which the inverse is exact: eight is more than any expression has.
NEWTON_STEPS = 3
# As many terms of the logarithm's series.
ORDER = 8


def inverse(jet: Jet) -> Jet:
    """The inverse of a square matrix.

    Newton's iteration ``X (2 I - J X)`` from the inverse of the finite part ends after a few steps, for the rest is nilpotent.

    Raises
    ------
    ShapeError
        If the matrix is not square.
    CannotEvaluate
        If it is singular.
    """
    _require_square(jet, "the inverse")
    found = jets.constant(_solved(jet.value)[0], jet.dims[::-1])
    twice = jets.constant(2 * _identity(jet.shape[0]), jet.dims)
    for _ in range(NEWTON_STEPS if len(jet.parts) > 1 else 0):
        found = jets.multiply(found, jets.add(twice, jets.scale(jets.multiply(jet, found), Decimal(-1))))
    return found


def determinant(jet: Jet) -> Jet:
    """The determinant of a square matrix: with ``J = J_0 (I + E)`` it is ``det(J_0) exp(tr log(I + E))``, where ``E`` is nilpotent."""
    _require_square(jet, "the determinant")
    inverted, value = _solved(jet.value)
    finite = jets.number(value)
    if len(jet.parts) == 1:
        return finite
    rest = jets.multiply(jets.constant(inverted, jet.dims[::-1]), Jet({**jet.parts, ONE: jet.value * 0}, jet.dims))
    logarithm = _series(rest, lambda order: Decimal((-1) ** (order + 1)) / order)
    return jets.multiply(finite, _exponential(jets.trace(logarithm)))


def _series(rest: Jet, coefficient: Callable[[int], Decimal]) -> Jet:
    """The series of a function of a nilpotent matrix, by its coefficients."""
    total = jets.scale(rest, coefficient(1))
    power = rest
    for order in range(2, ORDER + 1):
        power = jets.multiply(power, rest)
        if not any(np.any(part != 0) for part in power.parts.values()):
            break
        total = jets.add(total, jets.scale(power, coefficient(order)))
    return total


def _exponential(small: Jet) -> Jet:
    """The exponential of a number without a finite part."""
    total, power, factorial = jets.add(jets.number(1), small), small, Decimal(1)
    for order in range(2, ORDER + 1):
        factorial *= order
        power = jets.multiply(power, small)
        total = jets.add(total, jets.scale(power, 1 / factorial))
    return total


def _require_square(jet: Jet, what: str) -> None:
    if jet.shape[0] != jet.shape[1]:
        raise ShapeError(f"{what} of a matrix that is not square, {jet.shown()}, does not exist")


def _identity(size: int) -> np.ndarray:
    made = np.full((size, size), Decimal(0), dtype=object)
    np.fill_diagonal(made, Decimal(1))
    return made


def _solved(array: np.ndarray) -> tuple[np.ndarray, Decimal]:
    """The inverse and the determinant of a matrix of numbers, by elimination with the largest pivot."""
    size = array.shape[0]
    rows = np.hstack([array.copy(), _identity(size)])
    value = Decimal(1)
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(rows[row, column]))
        if rows[pivot, column] == 0:
            raise CannotEvaluate("the inverse of a singular matrix")
        if pivot != column:
            rows[[column, pivot]] = rows[[pivot, column]]
            value = -value
        value *= rows[column, column]
        rows[column] = rows[column] / rows[column, column]
        for row in range(size):
            if row != column and rows[row, column] != 0:
                rows[row] = rows[row] - rows[row, column] * rows[column]
    return rows[:, size:], value
