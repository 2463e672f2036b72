r"""Functions of one number that a text defines, ``f(s) = (3 - s)^2``, and what it says of them: ``f'(s) = -2(3 - s)``, ``f'(1) = -4``.

They are checks, "for numbers", of what is derived for arrays; both sides are evaluated at some numbers, with power series for derivatives.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.deciding.approximations import EULER
from matrix_checks.derivations.deciding.rules_of_derivatives import PRIME
from matrix_checks.derivations.deciding.series_of_expressions import NoRule, series_of
from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD, Finding
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ZERO
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values import power_series
from matrix_checks.derivations.values.power_series import TERMS, NoSeries, Series

DEFINED = "a function of a number that the text defines"
OF_DEFINED = "for the function of a number that the text defines"
NOT_OF_DEFINED = "it does not hold for the function of a number that the text defines"
TAKEN_ELSEWHERE = "a function of a number is taken at what the exercise has"
MAY_BE_ROUNDED = "the numbers may be rounded"
AT = (0.37, 0.83, 1.61)
CLOSE, ROUNDED = 1e-9, 2e-2
PRODUCTS = frozenset(("", "*", "odot"))
# The argument of a function, and what it is.
Defined = tuple[str, Node]


def of_defined_functions(context: Context, left: Node, right: Node, finding: Finding) -> Finding:
    """What is found of a statement that may be about functions of a number which the text defines.

    Parameters
    ----------
    context, left, right
        The statement, and what the text said so far.
    finding
        What was found otherwise: it stays where it is about anything else.
    """
    defined = _definition(context, left, right)
    if defined is not None:
        context.of_numbers[defined[0]] = defined[1]
        return finding if finding.verdict == HOLDS else Finding(HOLDS, DEFINED, earns=False, as_written=False)
    functions = context.of_numbers
    if any(_is_taken_elsewhere(side, functions) for side in (left, right)) and finding.verdict in (HOLDS, FALSE):
        return Finding(NOT_UNDERSTOOD, TAKEN_ELSEWHERE)
    if finding.verdict == HOLDS or not functions or not (_is_about(left, functions) or _is_about(right, functions)):
        return finding
    try:
        pairs = [tuple(_value(_Point(functions, _start(at)), side)[0] for side in (left, right)) for at in AT]
    except (NoRule, NoSeries, ArithmeticError):
        return finding
    apart = max(abs(one - other) / max(abs(one), abs(other), 1.0) for one, other in pairs)
    if not apart < math.inf:
        return finding
    if apart <= CLOSE:
        return Finding(HOLDS, OF_DEFINED, earns=False, as_written=False)
    if ZERO in (left, right):
        # An equation that is solved.
        return Finding(NOT_UNDERSTOOD, NOT_OF_DEFINED)
    if apart <= ROUNDED:
        return Finding(NOT_UNDERSTOOD, MAY_BE_ROUNDED)
    return finding if finding.verdict == FALSE else Finding(NOT_UNDERSTOOD, NOT_OF_DEFINED)


def _definition(context: Context, left: Node, right: Node) -> tuple[str, Defined] | None:
    """The name and the function that an equality defines, of a letter that stands for nothing else; ``None`` for none."""
    if not isinstance(left, kinds.Product) or len(left.factors) != 2 or left.signs != ("",):
        return None
    name, argument = left.factors[0], kinds.bare(left.factors[1])
    if not isinstance(left.factors[1], kinds.Group) or not isinstance(name, kinds.Name) or not isinstance(argument, kinds.Name):
        return None
    letter = argument.text
    # A small letter may be the entry of a matrix, which is the number here.
    is_free = letter not in context.arrays or letter in context.components
    if not is_free or name.text in right.names or name.text in context.of_numbers:
        return None
    try:
        for at in AT:
            _value(_Point({**context.of_numbers, "": (letter, argument)}, _start(at)), right)
    except (NoRule, NoSeries, ArithmeticError):
        return None
    return name.text, (letter, right)


def _is_taken_elsewhere(side: Node, functions: Mapping[str, Defined]) -> bool:
    """Whether a function of a number is taken at what the exercise has, as at each entry: ``f(x_i)``."""
    arguments = {argument for argument, _ in functions.values()} | functions.keys() | {EULER}
    for part in side.everything:
        if isinstance(part, kinds.Indexed) and isinstance(part.body, kinds.Name) and part.body.text in functions:
            return True
        for function, group in zip(part.factors, part.factors[1:]) if isinstance(part, kinds.Product) else ():
            letter = function.body if isinstance(function, kinds.Primed) else function
            letter = letter.body if isinstance(letter, kinds.Indexed) else letter
            is_called = isinstance(letter, kinds.Name) and letter.text in functions and isinstance(group, kinds.Group)
            if is_called and not group.names <= arguments:
                return True
    return False


def _is_about(side: Node, functions: Mapping[str, Defined]) -> bool:
    """Whether a function is called in a side, or differentiated, or its argument is the only letter of it."""
    names = side.names - {"", EULER}
    arguments = {argument for argument, _ in functions.values()}
    return not names.isdisjoint(functions) or (bool(names) and names <= arguments)


@dataclass(frozen=True)
class _Point:
    """The functions that are known, and what their argument is, as a series."""

    functions: Mapping[str, Defined]
    at: Series


def _start(at: float) -> Series:
    return (at, 1.0, *(0.0,) * (TERMS - 2))


def _value(point: _Point, node: Node) -> Series:
    own = _VALUES.get(type(node))
    return own(point, node) if own else series_of(node, lambda part: _value(point, part))


def _name(point: _Point, node: kinds.Name) -> Series:
    if any(node.text == argument for argument, _ in point.functions.values()):
        return point.at
    if node.text in point.functions:
        # A function without its argument, as in f' = 1.
        return _value(point, point.functions[node.text][1])
    if node.text == EULER:
        return power_series.constant(math.e)
    raise NoRule


def _product(point: _Point, node: kinds.Product) -> Series:
    if not PRODUCTS.issuperset(node.signs):
        raise NoRule
    found, factors = power_series.constant(1.0), list(node.factors)
    while factors:
        factor = factors.pop(0)
        called = _called(point, factor, factors)
        found = power_series.multiply(found, _value(point, factor) if called is None else called)
    return found


def _called(point: _Point, function: Node, behind: list[Node]) -> Series | None:
    """The value of ``f(3)`` and ``f'(s)``, and of powers of these; ``None`` where no argument stands behind, which is taken away."""
    order, letter = 0, function
    while isinstance(letter, kinds.Primed) or (isinstance(letter, kinds.Derivative) and letter.bottom == PRIME):
        order, letter = order + 1, letter.body if isinstance(letter, kinds.Primed) else letter.top
    raised = behind[0] if behind else None
    group = raised.body if isinstance(raised, kinds.Power) else raised
    if not isinstance(letter, kinds.Name) or letter.text not in point.functions or not isinstance(group, kinds.Group):
        return None
    behind.pop(0)
    argument = _value(point, group.body)
    found = _value(_Point(point.functions, _start(argument[0])), point.functions[letter.text][1])
    for _ in range(order):
        found = power_series.differentiate(found)
    value = power_series.polynomial(found, (0.0, *argument[1:]))
    return power_series.power(value, _value(point, raised.exponent)) if isinstance(raised, kinds.Power) else value


def _derivative(point: _Point, node: kinds.Derivative) -> Series:
    bottom = node.bottom
    is_argument = isinstance(bottom, kinds.Name) and any(bottom.text == argument for argument, _ in point.functions.values())
    if bottom != PRIME and not is_argument:
        raise NoRule
    return power_series.differentiate(_value(point, node.top))


_VALUES: dict[type[Node], Callable[..., Series]] = {kinds.Name: _name, kinds.Product: _product, kinds.Derivative: _derivative}
