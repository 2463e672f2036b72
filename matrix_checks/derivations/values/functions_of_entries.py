"""Functions of every entry of an array with infinitesimals, by their Taylor series; a new function is an entry of the table."""

from collections.abc import Callable, Sequence
from decimal import Decimal, DecimalException, getcontext
from functools import lru_cache

import numpy as np

from matrix_checks.derivations.values import jets
from matrix_checks.derivations.values.jets import ONE, STEP_DEGREE, CannotEvaluate, Jet

MOST_RADIANS = 100


def _taylor(jet: Jet, derivatives: Callable[[np.ndarray, int], np.ndarray]) -> Jet:
    """A function entry by entry: its ``k``-th derivative over ``k`` factorial, times the ``k``-th power of the rest."""
    total = jets.constant(derivatives(jet.value, 0), jet.dims)
    if len(jet.parts) == 1:
        return total
    rest = Jet({**jet.parts, ONE: jet.value * 0}, jet.dims)
    power, factorial = rest, 1
    for order in range(1, STEP_DEGREE + 4):
        if order > 1:
            power = jets.bilinear(power, rest, lambda a, b: a * b, jet.dims)
        power.parts = {monomial: part for monomial, part in power.parts.items() if not monomial or any(part.ravel())}
        if len(power.parts) == 1:
            break
        factorial *= order
        term = jets.bilinear(jets.constant(derivatives(jet.value, order), jet.dims), power, lambda a, b: a * b, jet.dims)
        total = jets.add(total, jets.scale(term, Decimal(1) / factorial))
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


def _of_its_own_value(slope: Sequence[int]) -> Callable[[Callable[[Decimal], Decimal], Jet], Jet]:
    """A function whose derivative is a polynomial in its value, with these coefficients, as ``1 - t^2`` for the hyperbolic tangent."""

    def apply(function: Callable[[Decimal], Decimal], jet: Jet) -> Jet:
        found = _each(jet.value, function)

        def derivative(array: np.ndarray, order: int) -> np.ndarray:
            coefficients = [0, 1]
            for _ in range(order):
                risen = [place * coefficient for place, coefficient in enumerate(coefficients)][1:]
                coefficients = [int(each) for each in np.convolve(risen, slope)]
            return _each(
                found,
                lambda value: sum(
                    (Decimal(each) * (value**place if place else 1) for place, each in enumerate(coefficients)), Decimal(0)
                ),
            )

        return _taylor(jet, derivative)

    return apply


@lru_cache(maxsize=20_000)
def _sine_and_cosine(value: Decimal, digits: int) -> tuple[Decimal, Decimal]:
    """Both, by their series, to the digits of the context."""
    sums, term, order = [Decimal(0), Decimal(1)], Decimal(1), 0
    if abs(value) > MOST_RADIANS:
        raise ArithmeticError
    while abs(term) > Decimal(10) ** -(digits + 2):
        order += 1
        term *= value / order
        # x - x^3/3! + ..., and 1 - x^2/2! + ...
        sums[(order + 1) % 2] += term if order % 4 < 2 else -term
    return sums[0], sums[1]


def _trigonometric(shift: int) -> Callable[[Jet], Jet]:
    """The sine, and with a shift of one its derivative, the cosine."""

    def apply(jet: Jet) -> Jet:
        sine = _each(jet.value, lambda value: _sine_and_cosine(value, getcontext().prec)[0])
        cosine = _each(jet.value, lambda value: _sine_and_cosine(value, getcontext().prec)[1])

        def derivative(array: np.ndarray, order: int) -> np.ndarray:
            turn = (order + shift) % 4
            return (cosine if turn % 2 else sine) * (1 if turn < 2 else -1)

        return _taylor(jet, derivative)

    return apply


def hyperbolic_tangent(jet: Jet) -> Jet:
    """The hyperbolic tangent of every entry."""
    return _of_its_own_value((1, 0, -1))(lambda value: 1 - 2 / ((2 * value).exp() + 1), jet)


def _hyperbolic(jet: Jet, sign: int) -> Jet:
    """The hyperbolic cosine of every entry, or, with the other sign, its sine."""
    falling = exponential(jets.scale(jet, Decimal(-1)))
    return jets.scale(jets.add(exponential(jet), jets.scale(falling, Decimal(sign))), Decimal("0.5"))


def sigmoid(jet: Jet) -> Jet:
    """The logistic function of every entry."""
    return _of_its_own_value((0, 1, -1))(lambda value: 1 / (1 + (-value).exp()), jet)


def _steps(jet: Jet) -> Jet:
    """Heaviside's step of every entry, one where it is positive: the derivative of ReLU. Its own derivative is zero."""

    def step(value: Decimal) -> Decimal:
        if value == 0:
            raise ArithmeticError
        return Decimal(int(value > 0))

    return jets.constant(_each(jet.value, step), jet.dims)


def absolute(jet: Jet) -> Jet:
    """The absolute value of every entry."""
    signs = jets.add(jets.scale(_steps(jet), Decimal(2)), jets.scale(_ones(jet), Decimal(-1)))
    return jets.elementwise(signs, jet)


def _ones(jet: Jet) -> Jet:
    return jets.constant(jet.value * 0 + 1, jet.dims)


def raise_to(jet: Jet, exponent: Decimal) -> Jet:
    """Every entry to a constant power."""
    if abs(exponent) > 20:
        raise CannotEvaluate("a power that is too high")
    whole, halves = (each == each.to_integral_value() for each in (exponent, 2 * exponent))
    if whole and exponent >= 0:
        if exponent == 0:
            return jets.constant(jet.value * 0 + 1, jet.dims)
        result = jet
        for _ in range(int(exponent) - 1):
            result = jets.bilinear(result, jet, lambda a, b: a * b, jet.dims)
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


# Functions of every entry: of a number, and of an array where the exercise is so meant.
OF_ENTRIES: dict[str, Callable[[Jet], Jet]] = {
    "exp": exponential,
    "log": logarithm,
    "sqrt": lambda argument: raise_to(argument, Decimal("0.5")),
    "sin": _trigonometric(0),
    "cos": _trigonometric(1),
    "tanh": hyperbolic_tangent,
    "cosh": lambda argument: _hyperbolic(argument, 1),
    "sinh": lambda argument: _hyperbolic(argument, -1),
    "sech": lambda argument: raise_to(_hyperbolic(argument, 1), Decimal(-1)),
    "sigmoid": sigmoid,
    "relu": lambda argument: jets.elementwise(_steps(argument), argument),
    "step": _steps,
    # Any function, of which nothing is said: what is true of it has to be true of this one.
    "anyfunction": lambda argument: jets.add(exponential(argument), _trigonometric(0)(argument)),
}
# The derivatives of functions of a number: tanh'(z).
OF_ENTRIES |= {
    "exp'": exponential,
    "sin'": _trigonometric(1),
    "cos'": _trigonometric(2),
    "log'": lambda argument: raise_to(argument, Decimal(-1)),
    "tanh'": lambda argument: jets.add(
        _ones(argument), jets.scale(raise_to(hyperbolic_tangent(argument), Decimal(2)), Decimal(-1))
    ),
    "sigmoid'": lambda argument: jets.elementwise(sigmoid(argument), sigmoid(jets.scale(argument, Decimal(-1)))),
    "relu'": _steps,
    "anyfunction'": lambda argument: jets.add(exponential(argument), _trigonometric(1)(argument)),
}
