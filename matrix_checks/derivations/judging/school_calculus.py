"""Rules for functions of one number, as in ``(f/g)' = \\frac{f'g - fg'}{g^2}``, and the case of numbers, ``(x^2)' = 2x``."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.judging.around import Tokens
from matrix_checks.derivations.judging.case_of_numbers import holds_for_numbers
from matrix_checks.derivations.judging.context import Context
from matrix_checks.derivations.judging.rules_of_derivatives import AS_DIFFERENTIALS, PRIME
from matrix_checks.derivations.judging.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD, Finding
from matrix_checks.derivations.reading.tex import Token
from matrix_checks.derivations.values import power_series
from matrix_checks.derivations.values.power_series import TERMS, NoSeries, Series

AS_RULE = "as a rule for functions of a number"
AS_NUMBERS = "in the case of numbers"
NO_RULE = "it does not hold for functions of a number"
NOT_FOR_NUMBERS = "it does not hold for numbers"
# Letters of functions, which exercises have for other things that nobody primes; and of numbers that do not change.
USUAL_FUNCTIONS = frozenset("fghuvw")
CONSTANTS = frozenset((*"abckmnp", "\\alpha", "\\beta", "\\lambda"))
# What is differentiated by where nothing says it.
VARIABLES = ("x", "t", "z")
UNDERSTOOD = (
    kinds.Name, kinds.Number, kinds.Add, kinds.Negative, kinds.Product, kinds.Quotient, kinds.Power, kinds.Primed, kinds.Group,
    kinds.Function, kinds.Derivative,
)  # fmt: skip
SAMPLES = 3
CLOSE = 1e-7
# Of a function letter: the letter that stands in the brackets behind its prime.
Points = dict[str, str]


class _NoRule(Exception):
    """The statement is no rule for functions of a number."""


@dataclass(frozen=True)
class _Rule:
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

    rule: _Rule
    functions: dict[str, tuple[float, ...]]
    at: Series
    applies: bool
    composes: bool


def for_numbers(context: Context, left: Node, right: Node, heard: tuple[Tokens, bool], finding: Finding) -> Finding:
    """What is found of a statement that may be a rule for functions of a number, or the case of numbers.

    Parameters
    ----------
    context, left, right
        The statement, and what the text said so far.
    heard
        The tokens of its sides, and whether its sentence is about numbers.
    finding
        What was found otherwise. It stays where it holds for arrays, and where it is false.
    """
    if finding.verdict == HOLDS and finding.reason != AS_DIFFERENTIALS:
        return finding
    tokens, of_numbers = heard
    if finding.verdict in (FALSE, NOT_UNDERSTOOD) and of_numbers and holds_for_numbers(context, left, right):
        return Finding(HOLDS, AS_NUMBERS, earns=False, as_written=False)
    found = rule_for_numbers(context, left, right, tokens)
    if found is None or (finding.verdict == FALSE and not found[0]):
        return finding
    return Finding(HOLDS if found[0] else NOT_UNDERSTOOD, found[1], earns=False, as_written=False)


def rule_for_numbers(context: Context, left: Node, right: Node, tokens: Sequence[Sequence[Token]]) -> tuple[bool, str] | None:
    """Whether a statement about derivatives of functions of one number holds, and in which words; ``None`` for any other statement.

    Parameters
    ----------
    context
        What the text said so far: a letter that it gives a meaning to is no letter of a rule.
    left, right, tokens
        The statement, and the tokens of its sides.
    """
    try:
        rule = _rule(context, left, right, tokens)
    except _NoRule:
        return None
    holds = any(_holds(rule, applies, composes) for applies in (True, False) for composes in (True, False))
    if rule.functions:
        return holds, AS_RULE if holds else NO_RULE
    return holds, AS_NUMBERS if holds else NOT_FOR_NUMBERS


def _rule(context: Context, left: Node, right: Node, tokens: Sequence[Sequence[Token]]) -> _Rule:
    parts = (*left.everything, *right.everything)
    derivatives = [part for part in parts if isinstance(part, (kinds.Primed, kinds.Derivative))]
    if not derivatives or not all(type(part) in UNDERSTOOD for part in parts):
        raise _NoRule
    if not any(_is_compound(_derived(part)) for part in derivatives):
        raise _NoRule
    names = (left.names | right.names) - {""}
    primed = {part.body.text for part in parts if isinstance(part, kinds.Primed) and isinstance(part.body, kinds.Name)}
    primed |= {part.top.text for part in derivatives if isinstance(part, kinds.Derivative) and isinstance(part.top, kinds.Name)}
    variable = _variable(names - primed, derivatives)
    functions = frozenset(names - {variable} - (CONSTANTS - primed))
    _see_that_letters_are_free(context, names, functions, variable)
    if not functions and not any(_is_curved(_derived(part), variable) for part in derivatives):
        # Whether a letter beside the variable is a number, nobody says.
        raise _NoRule
    return _Rule((left, right), variable, functions, (_points(tokens[0]), _points(tokens[1])))


def _derived(node: Node) -> Node:
    return kinds.bare(node.body if isinstance(node, kinds.Primed) else node.top if isinstance(node, kinds.Derivative) else node)


def _is_compound(node: Node) -> bool:
    return not isinstance(node, (kinds.Name, kinds.Primed, kinds.Derivative))


def _is_curved(node: Node, variable: str) -> bool:
    """Whether the variable stands in a power, a function or a fraction: no array does among plain letters."""
    return any(isinstance(part, (kinds.Power, kinds.Function, kinds.Quotient)) and variable in part.names for part in node.everything)


def _variable(names: frozenset[str], derivatives: Sequence[Node]) -> str:
    """What is differentiated by."""
    bottoms = {part.bottom for part in derivatives if isinstance(part, kinds.Derivative)} - {PRIME}
    if bottoms:
        (bottom, *others) = bottoms
        if others or not isinstance(bottom, kinds.Name):
            raise _NoRule
        return bottom.text
    return next((letter for letter in VARIABLES if letter in names), "")


def _see_that_letters_are_free(context: Context, names: frozenset[str], functions: frozenset[str], variable: str) -> None:
    """Each is a small letter; a function or a constant is nothing else in the text, nor in the exercise."""
    known = frozenset(context.steps).union(*(view.names for view in context.views))
    for name in names:
        is_letter = (len(name) == 1 and name.islower()) or name in CONSTANTS or name in ("\\phi", "\\varphi", "\\psi")
        taken = known - USUAL_FUNCTIONS if name in functions else known
        if not is_letter or (name != variable and (name in context.own or name in taken)):
            raise _NoRule


def _points(tokens: Sequence[Token]) -> Points:
    """``f'(g)``: where the primed functions of a side are taken; an empty text where they are taken at several letters."""
    found: Points = {}
    for place in range(len(tokens) - 4):
        function, prime, opening, point, closing = tokens[place : place + 5]
        if (prime, opening, closing) == ("'", "(", ")") and isinstance(function, str) and isinstance(point, str):
            found[function] = point if found.get(function, point) == point else ""
    return found


def _holds(rule: _Rule, applies: bool, composes: bool) -> bool:
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
        except (_NoRule, NoSeries, ArithmeticError):
            return False
        if abs(ours - theirs) > CLOSE * max(abs(ours), abs(theirs), 1e-3):
            return False
    return True


def _value(numbers: _Numbers, node: Node, points: Points) -> Series:
    return VALUES[type(node)](numbers, node, points)


def _name(numbers: _Numbers, node: kinds.Name, points: Points) -> Series:
    if node.text == numbers.rule.variable:
        return numbers.at
    return power_series.polynomial(numbers.functions[node.text], numbers.at)


def _sum(numbers: _Numbers, node: kinds.Add, points: Points) -> Series:
    first, *rest = (_value(numbers, term, points) for term in node.terms)
    for term in rest:
        first = power_series.add(first, term)
    return first


def _product(numbers: _Numbers, node: kinds.Product, points: Points) -> Series:
    if not set(node.signs) <= {"", "*", "odot"}:
        raise _NoRule
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
            raise _NoRule
        found = _at(numbers, letter.text, order, found)
    return found


def _derivative(numbers: _Numbers, node: kinds.Derivative, points: Points) -> Series:
    if node.bottom != PRIME:
        return power_series.differentiate(_value(numbers, node.top, points))
    name = node.top.text if isinstance(node.top, kinds.Name) else ""
    point = points.get(name, "")
    if not point or (point != numbers.rule.variable and point not in numbers.functions):
        raise _NoRule
    return _at(numbers, name, 1, _name(numbers, kinds.Name(point), points))


def _function(numbers: _Numbers, node: kinds.Function, points: Points) -> Series:
    known = power_series.FUNCTIONS.get(node.name)
    if known is None or len(node.arguments) != 1:
        raise _NoRule
    return known(_value(numbers, node.arguments[0], points))


def _quotient(numbers: _Numbers, node: kinds.Quotient, points: Points) -> Series:
    below = power_series.power(_value(numbers, node.bottom, points), power_series.constant(-1.0))
    return power_series.multiply(_value(numbers, node.top, points), below)


VALUES: dict[type[Node], Callable[..., Series]] = {
    kinds.Name: _name,
    kinds.Number: lambda numbers, node, points: power_series.constant(float(node.value)),
    kinds.Add: _sum,
    kinds.Negative: lambda numbers, node, points: power_series.scale(_value(numbers, node.body, points), -1.0),
    kinds.Product: _product,
    kinds.Quotient: _quotient,
    kinds.Power: lambda numbers, node, points: power_series.power(
        _value(numbers, node.body, points), _value(numbers, node.exponent, points)
    ),
    kinds.Group: lambda numbers, node, points: _value(numbers, node.body, points),
    kinds.Primed: lambda numbers, node, points: power_series.differentiate(_value(numbers, node.body, points)),
    kinds.Derivative: _derivative,
    kinds.Function: _function,
}
