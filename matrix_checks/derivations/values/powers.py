"""Powers, and functions of jets entry by entry, by their Taylor series."""

from collections.abc import Callable
from decimal import Decimal, DecimalException, getcontext
from functools import lru_cache

import numpy as np

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values.jets import (
    ONE,
    STEP_DEGREE,
    CannotEvaluate,
    Jet,
    add,
    bilinear,
    constant,
    inner,
    multiply,
    scale,
)


def _taylor(jet: Jet, derivatives: Callable[[np.ndarray, int], np.ndarray]) -> Jet:
    """A function entry by entry: its ``k``-th derivative over ``k`` factorial, times the ``k``-th power of the rest."""
    total = constant(derivatives(jet.value, 0), jet.dims)
    if len(jet.parts) == 1:
        return total
    rest = Jet({**jet.parts, ONE: jet.value * 0}, jet.dims)
    power, factorial = rest, 1
    for order in range(1, STEP_DEGREE + 4):
        if order > 1:
            power = bilinear(power, rest, lambda a, b: a * b, jet.dims)
        power.parts = {monomial: part for monomial, part in power.parts.items() if not monomial or any(part.ravel())}
        if len(power.parts) == 1:
            break
        factorial *= order
        term = bilinear(constant(derivatives(jet.value, order), jet.dims), power, lambda a, b: a * b, jet.dims)
        total = add(total, scale(term, Decimal(1) / factorial))
    return total


def _each(array: np.ndarray, function: Callable[[Decimal], Decimal]) -> np.ndarray:
    made = np.empty(array.shape, dtype=object)
    for place, value in np.ndenumerate(array):
        try:
            made[place] = function(value)
        except (DecimalException, ArithmeticError) as error:
            raise CannotEvaluate(f"a function has no value at {value:.5g}") from error
    return made


def exponential(jet: Jet) -> Jet:
    """The exponential of every entry."""
    if any(abs(value) > 500 for value in jet.value.ravel()):
        raise CannotEvaluate("an exponential that is too large")
    # It is its own derivative.
    found = _each(jet.value, lambda value: _exponential(value, getcontext().prec))
    return _taylor(jet, lambda array, order: found)


@lru_cache(maxsize=20_000)
def _exponential(value: Decimal, digits: int) -> Decimal:
    """``exp(value)`` to the digits of the context: the numbers are few, and this takes as long as a hundred products."""
    return value.exp()


def logarithm(jet: Jet) -> Jet:
    """The natural logarithm of every entry."""

    def derivative(array: np.ndarray, order: int) -> np.ndarray:
        if order == 0:
            return _each(array, Decimal.ln)
        sign = Decimal((-1) ** (order + 1))
        factorial = Decimal(int(np.prod(range(1, order))) if order > 1 else 1)
        return _each(array, lambda value: sign * factorial / value**order)

    return _taylor(jet, derivative)


def raise_to(jet: Jet, exponent: Decimal) -> Jet:
    """Every entry to a constant power."""
    if abs(exponent) > 20:
        raise CannotEvaluate("a power that is too high")
    whole, halves = (each == each.to_integral_value() for each in (exponent, 2 * exponent))
    if whole and exponent >= 0:
        if exponent == 0:
            return constant(jet.value * 0 + 1, jet.dims)
        result = jet
        for _ in range(int(exponent) - 1):
            result = bilinear(result, jet, lambda a, b: a * b, jet.dims)
        return result

    def derivative(array: np.ndarray, order: int) -> np.ndarray:
        factor, left = Decimal(1), exponent
        for _ in range(order):
            factor, left = factor * left, left - 1

        def power(value: Decimal) -> Decimal:
            if value == 0 or (value < 0 and not whole):
                raise ArithmeticError
            if whole:
                # A quotient is found much faster than a negative power.
                return factor * value ** int(left) if left >= 0 else factor / value ** int(-left)
            # A root is found much faster than a power of any other kind.
            return factor * (value.sqrt() ** int(2 * left) if halves else value**left)

        return _each(array, power)

    return _taylor(jet, derivative)


def power(evaluator, node: kinds.Power) -> Jet:
    """The value of a power: of a norm, of a number, of every entry, or of a whole matrix."""
    exponent = evaluator.value(node.exponent)
    if not exponent.is_scalar or len(exponent.parts) > 1:
        raise NotUnderstood("an exponent that is no number was not understood")
    degree = exponent.value[0, 0]
    if isinstance(node.body, kinds.Norm):
        inside = evaluator.value(node.body.body)
        return raise_to(inner(inside, inside), degree / 2)
    base = evaluator.value(node.body)
    square = base.shape[0] == base.shape[1]
    if base.is_scalar or (evaluator.view.elementwise and not (square and evaluator.reading.star != "entries")):
        return raise_to(base, degree)
    if square and degree == degree.to_integral_value() and 1 <= degree <= 6:
        result = base
        for _ in range(int(degree) - 1):
            result = multiply(result, base)
        return result
    raise NotUnderstood(f"a power of {base.shown()} was not understood")
