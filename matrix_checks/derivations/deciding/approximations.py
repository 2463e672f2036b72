r"""What numbers alone are good for: ``-3.96 \approx -4`` is right where the one is the other, rounded, and ``2\cdot 3 + 4 = 11`` is false.

Whatever a text is about, an equality of which both sides are numbers is true or false by itself. A number with decimals may be rounded:
what differs by no more than that is not called false.
"""

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from matrix_checks.derivations.context.around import Tokens
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.equality.deviation import EPSILON
from matrix_checks.derivations.equality.some_convention import holds_in_some_convention
from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ZERO
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.reading.tex import Token, text_of

UNJUDGED = {
    "\\approx": "an approximation is not judged", "\\simeq": "an approximation is not judged", "\\cong": "an approximation is not judged",
    "\\propto": "a proportion is not judged", "\\demanded": "an equation that is demanded is not judged",
}  # fmt: skip
APPROXIMATIONS = ("\\approx", "\\simeq", "\\cong")
MAY_BE_ROUNDED = "numbers that may be rounded"
# Of the larger number: whoever writes 2.01 for 2 has said enough.
NEARLY = Decimal("0.02")
VERY_NEARLY = Decimal("0.001")
# What differs by more than so many units of the last digits is not rounded.
SURELY = 2
SURELY_OF_APPROXIMATIONS = 5
EXACT = Decimal("1e-20")
# Nobody chooses numbers with so many decimals for an example.
SURELY_ROUNDED = 3
_WRITTEN = re.compile(r"\s*[-+]?\s*(\d+)(?:\.(\d+))?\s*")
_PARTS = (
    kinds.Number, kinds.Add, kinds.Negative, kinds.Product, kinds.Quotient, kinds.Power, kinds.Group, kinds.Function,
)  # fmt: skip
_OF_NUMBERS = ("exp", "log", "sqrt")
EULER = "e"


def with_euler(context: Context, left: Node, right: Node) -> tuple[Node, Node]:
    """The sides with Euler's number for an ``e`` of which the text says nothing, where they are numbers otherwise or are those of an example."""
    sides = (left, right)
    is_own = (
        EULER in context.known or EULER in context.own or EULER in context.steps or kinds.Name(EULER) in map(kinds.whole_of, sides)
    )
    is_said = bool(context.memory.examples) or left.names | right.names == {EULER}
    if is_own or not is_said or EULER not in left.names | right.names:
        return sides
    return _with_euler(left), _with_euler(right)


def _with_euler(node: Node) -> Node:
    if isinstance(node, kinds.Indexed):
        return node
    return kinds.Function("exp", (kinds.Number(Fraction(1)),)) if node == kinds.Name(EULER) else node.rebuilt(_with_euler)


def are_numbers_alone(left: Node, right: Node) -> bool:
    """Whether both sides are made of numbers, and neither is an array."""
    return all(_is_of_numbers(part) for side in (left, right) for part in side.everything)


def _is_of_numbers(part: Node) -> bool:
    return isinstance(part, _PARTS) and (not isinstance(part, kinds.Function) or part.name in _OF_NUMBERS)


def _holds_at_zero(context: Context, left: Node, right: Node) -> bool:
    r"""Whether it is true where the small constant is zero: ``\hat x^\top\hat x \approx N``."""
    if not any(EPSILON.text in view.names for view in context.views):
        return False
    views = tuple(view.with_each_body(lambda node: node.substituted(EPSILON, ZERO)) for view in context.views)
    sides = [side.substituted(EPSILON, ZERO) for side in (left, right)]
    return holds_in_some_convention(replace(context.setting(views), kept={}, ranges={}), sides[0], sides[1])


def rounded(context: Context, left: Node, right: Node, tokens: Tokens, sign: str) -> str:
    """The verdict on two sides that are numbers alone, some of them rounded; empty for any other, and where they have no values.

    Parameters
    ----------
    context
        What finds values.
    left, right, tokens
        The sides, and how they are written: a number that ends in a zero has one digit more.
    sign
        The relation sign.
    """
    if not are_numbers_alone(left, right):
        is_near = sign in APPROXIMATIONS
        return HOLDS if is_near and (_are_nearly_equal(context, left, right) or _holds_at_zero(context, left, right)) else ""
    one, other = _value(context, left), _value(context, right)
    if one is None or other is None:
        return ""
    away, digits = abs(one - other), [_digits(side) for side in tokens]
    if away <= EXACT * max(abs(one), abs(other), Decimal(1)):
        return HOLDS
    is_near = sign in APPROXIMATIONS
    rounding = [_half_a_unit(digit) for digit in digits if digit is not None and (digit or is_near)]
    if any(away <= half for half in rounding) and _are_like(one, other):
        return HOLDS
    largest = max(abs(one), abs(other))
    if is_near and away <= NEARLY * largest and not any(digits):
        return HOLDS
    if is_near and None in digits and away <= VERY_NEARLY * largest:
        # 10.0601 \approx 10 + 0.06 leaves out what is small.
        return HOLDS
    if away <= (_lost(context, left, SURELY_ROUNDED) + _lost(context, right, SURELY_ROUNDED)) / 2 and _are_like(one, other):
        # Whoever goes on from rounded numbers gets others in the last digit.
        return HOLDS
    lost = _lost(context, left) + _lost(context, right)
    are_exact = not lost and all(_is_exact(side) for side in (left, right))
    if not are_exact:
        # An integer may be what is rounded, too.
        lost = lost or Decimal(1)
    if not is_near:
        both_times = all("\\times" in side for side in tokens)
        return FALSE if away > SURELY * lost and not both_times else NOT_UNDERSTOOD
    return FALSE if rounding and away > max(SURELY_OF_APPROXIMATIONS * 2 * max(rounding), NEARLY * largest) else NOT_UNDERSTOOD


def _are_nearly_equal(context: Context, left: Node, right: Node) -> bool:
    """Whether two sides without names have nearly the same value, entry by entry."""
    if left.names or right.names:
        return False
    one, other = (context.sampled(side, context.views[0]) for side in (left, right))
    if one is None or other is None or one.value.shape != other.value.shape:
        return False
    return all(abs(a - b) <= NEARLY * max(abs(a), abs(b)) for a, b in zip(one.value.flat, other.value.flat))


def _value(context: Context, node: Node) -> Decimal | None:
    found = context.sampled(node, context.views[0])
    return Decimal(found.value.flat[0]) if found is not None and found.value.size == 1 else None


def _are_like(one: Decimal, other: Decimal) -> bool:
    """Whether neither is zero, or of the other sign, but for what is very small."""
    return one * other > 0 or min(abs(one), abs(other)) == 0


def _digits(tokens: list[Token]) -> int | None:
    """How many decimals a side has that is one number; ``None`` for any other."""
    found = _WRITTEN.fullmatch(text_of(tokens))
    return len(found[2] or "") if found else None


def _half_a_unit(digits: int) -> Decimal:
    return Decimal("0.5") * Decimal(10) ** -digits


def _lost(context: Context, node: Node, least: int = 1) -> Decimal:
    """How far a value may be off where each number in it that has so many decimals is rounded."""
    value = _value(context, node)
    numbers = {part for part in node.everything if isinstance(part, kinds.Number) and part.value.denominator > 1}
    decimals = {part for part in numbers if decimals_of(part.value) >= least}
    total = Decimal(0)
    for number in decimals:
        off = kinds.Number(number.value + Fraction(1, 10 ** decimals_of(number.value)))
        changed = _value(context, node.substituted(number, off))
        total += abs(changed - value) if changed is not None and value is not None else Decimal(0)
    return total


def decimals_of(value: Fraction) -> int:
    """How many decimals a number has; as many as are looked at, where it has no end."""
    return next((count for count in range(12) if (value * 10**count).denominator == 1), 12)


def _is_exact(node: Node) -> bool:
    """Whether it is computed without functions and roots."""
    if kinds.Function in node.kinds:
        return False
    powers = (part for part in node.everything if isinstance(part, kinds.Power))
    return all(isinstance(kinds.bare(power.exponent), kinds.Number) and not _is_root(power) for power in powers)


def _is_root(power: kinds.Power) -> bool:
    exponent = kinds.bare(power.exponent)
    return isinstance(exponent, kinds.Number) and exponent.value.denominator > 1
