"""Statements about functions of one number, decided for polynomials of random coefficients."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from matrix_checks.derivations.deciding.rules_of_derivatives import PRIME
from matrix_checks.derivations.deciding.series_of_expressions import NoRule, series_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values import power_series
from matrix_checks.derivations.values.power_series import TERMS, NoSeries, Series

SAMPLES = 3
CLOSE = 1e-7
# Of a function letter: the letter that stands in the brackets behind its prime.
Points = dict[str, str]


@dataclass(frozen=True)
class Rule:
    """A statement about functions of one number.

    Attributes
    ----------
    sides
        Its sides.
    variable
        The number; empty where it has no letter.
    functions
        The letters of functions; any other name is a constant.
    points
        For each side, at which letter its primed functions are taken.
    """

    sides: tuple[Node, Node]
    variable: str
    functions: frozenset[str]
    points: tuple[Points, Points]


@dataclass(frozen=True)
class _Numbers:
    """The functions of a rule as polynomials, and how what stands side by side is read.

    Attributes
    ----------
    rule
        The rule.
    functions
        The coefficients of each letter's polynomial; those of a constant are one number.
    at
        The variable as a function of itself.
    applies, composes
        Whether brackets behind a letter hold its argument, and whether the circle between letters is composition.
    """

    rule: Rule
    functions: dict[str, tuple[float, ...]]
    at: Series
    applies: bool
    composes: bool


def holds_for_functions(rule: Rule) -> bool:
    """Whether a rule is true under some reading of brackets behind a letter, and of circles between letters."""
    return any(_is_true(rule, applies, composes) for applies in (True, False) for composes in (True, False))


def _is_true(rule: Rule, applies: bool, composes: bool) -> bool:
    """Whether both sides have the same values for polynomials of random coefficients."""
    for seed in range(SAMPLES):
        random = Random(seed)
        letters = sorted(rule.sides[0].names | rule.sides[1].names)
        functions = {
            name: tuple(random.uniform(0.4, 1.6) for _ in range(TERMS if name in rule.functions else 1)) for name in letters
        }
        at = (random.uniform(0.4, 0.9), 1.0, *(0.0,) * (TERMS - 2))
        numbers = _Numbers(rule, functions, at, applies, composes)
        try:
            ours, theirs = (_value(numbers, side, points)[0] for side, points in zip(rule.sides, rule.points))
        except (NoRule, NoSeries, ArithmeticError):
            return False
        # What has grown beyond all numbers is close to nothing.
        if not abs(ours - theirs) <= CLOSE * max(abs(ours), abs(theirs), 1e-3) < math.inf:
            return False
    return True


def _value(numbers: _Numbers, node: Node, points: Points) -> Series:
    own = VALUES.get(type(node))
    return own(numbers, node, points) if own else series_of(node, lambda part: _value(numbers, part, points))


def _name(numbers: _Numbers, node: kinds.Name, points: Points) -> Series:
    if node.text == numbers.rule.variable:
        return numbers.at
    return power_series.polynomial(numbers.functions[node.text], numbers.at)


def _product(numbers: _Numbers, node: kinds.Product, points: Points) -> Series:
    if not set(node.signs) <= {"", "*", "odot"}:
        raise NoRule
    if numbers.composes and set(node.signs) == {"odot"}:
        return _composed(numbers, node.factors)
    found, factors = power_series.constant(1.0), list(node.factors)
    while factors:
        factor = factors.pop(0)
        called = _called(numbers, factor, factors[0], points) if numbers.applies and factors else None
        if called is not None:
            factors.pop(0)
        found = power_series.multiply(found, _value(numbers, factor, points) if called is None else called)
    return found


def _called(numbers: _Numbers, function: Node, behind: Node, points: Points) -> Series | None:
    """The value of ``f(g(x))`` and ``f'(g(x))``, or of ``(fg)'(x)``; ``None`` where no argument stands behind."""
    exponent = behind.exponent if isinstance(behind, kinds.Power) else None
    argument = behind.body if isinstance(behind, kinds.Power) else behind
    if not isinstance(argument, kinds.Group):
        return None
    order, letter = 0, function
    while isinstance(letter, kinds.Primed):
        order, letter = order + 1, letter.body
    if isinstance(letter, kinds.Name) and letter.text in numbers.rule.functions:
        found = _at(numbers, letter.text, order, _value(numbers, argument.body, points))
    elif isinstance(letter, kinds.Group) and argument.body == kinds.Name(numbers.rule.variable):
        found = _value(numbers, function, points)
    else:
        return None
    return found if exponent is None else power_series.power(found, _value(numbers, exponent, points))


def _at(numbers: _Numbers, name: str, order: int, argument: Series) -> Series:
    coefficients = numbers.functions[name]
    for _ in range(order):
        coefficients = tuple(place * each for place, each in enumerate(coefficients) if place)
    return power_series.polynomial(coefficients, argument)


def _composed(numbers: _Numbers, functions: Sequence[Node]) -> Series:
    """``f \\circ g``, also with a prime at a function."""
    found = numbers.at
    for function in reversed(functions):
        order, letter = 0, function
        while isinstance(letter, (kinds.Primed, kinds.Group)):
            order, letter = order + isinstance(letter, kinds.Primed), letter.body
        if not isinstance(letter, kinds.Name) or letter.text not in numbers.rule.functions:
            raise NoRule
        found = _at(numbers, letter.text, order, found)
    return found


def _derivative(numbers: _Numbers, node: kinds.Derivative, points: Points) -> Series:
    if node.bottom != PRIME:
        return power_series.differentiate(_value(numbers, node.top, points))
    name = node.top.text if isinstance(node.top, kinds.Name) else ""
    point = points.get(name, "")
    if not point or (point != numbers.rule.variable and point not in numbers.functions):
        raise NoRule
    return _at(numbers, name, 1, _name(numbers, kinds.Name(point), points))


VALUES: dict[type[Node], Callable[..., Series]] = {kinds.Name: _name, kinds.Product: _product, kinds.Derivative: _derivative}
