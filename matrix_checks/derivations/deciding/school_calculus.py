"""Rules for functions of one number, as in ``(f/g)' = \\frac{f'g - fg'}{g^2}``, and the case of numbers, ``(x^2)' = 2x``."""

from collections.abc import Sequence, Set

from matrix_checks.derivations.context.around import Tokens
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.introductions import without_argument
from matrix_checks.derivations.deciding.case_of_numbers import holds_for_numbers
from matrix_checks.derivations.deciding.functions_of_a_number import Points, Rule, holds_for_functions
from matrix_checks.derivations.deciding.rules_of_derivatives import AS_DIFFERENTIALS, PRIME
from matrix_checks.derivations.deciding.series_of_expressions import NoRule
from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD, Finding
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.reading.tex import Token

AS_RULE = "as a rule for functions of a number"
AS_NUMBERS = "in the case of numbers"
NO_RULE = "it does not hold for functions of a number"
NOT_FOR_NUMBERS = "it does not hold for numbers"
# Letters of functions, which exercises have for other things that nobody primes; and of numbers that do not change.
USUAL_FUNCTIONS = frozenset("fghuvw")
CONSTANTS = frozenset((*"abckmnp", "\\alpha", "\\beta", "\\lambda"))
INPUT, OUTPUT = "x", "y"
# What is differentiated by where nothing says it.
VARIABLES = ("x", "t", "z")
UNDERSTOOD = (
    kinds.Name, kinds.Number, kinds.Add, kinds.Negative, kinds.Product, kinds.Quotient, kinds.Power, kinds.Primed, kinds.Group,
    kinds.Function, kinds.Derivative,
)  # fmt: skip


def for_numbers(context: Context, left: Node, right: Node, heard: tuple[Tokens, bool], finding: Finding) -> Finding:
    """What is found of a statement that may be a rule for functions of a number, or the case of numbers.

    Parameters
    ----------
    context, left, right
        The statement, and what the text said so far: a letter that it gives a meaning to is no letter of a rule.
    heard
        The tokens of its sides, and whether its sentence is about numbers.
    finding
        What was found otherwise. It stays where it holds for arrays, and where it is false for numbers, too.
    """
    _note_of_rule(context, left, right)
    if finding.verdict == HOLDS and finding.reason != AS_DIFFERENTIALS:
        return finding
    tokens, of_numbers = heard
    if finding.verdict in (FALSE, NOT_UNDERSTOOD) and of_numbers and holds_for_numbers(context, left, right):
        return Finding(HOLDS, AS_NUMBERS, earns=False, as_written=False)
    try:
        rule = _rule(context, *_in_full(context, left, right), tokens)
    except NoRule:
        return finding
    if holds_for_functions(rule):
        return Finding(HOLDS, AS_RULE if rule.functions else AS_NUMBERS, earns=False, as_written=False)
    strangers = rule.functions.isdisjoint(name for view in context.views for name in view.names)
    if finding.verdict == HOLDS or (finding.verdict == NOT_UNDERSTOOD and strangers):
        return Finding(NOT_UNDERSTOOD, NO_RULE if rule.functions else NOT_FOR_NUMBERS)
    return finding


def _note_of_rule(context: Context, left: Node, right: Node) -> None:
    """Keep what a rule is about: ``f(x) = g(x)/h(x)``, in letters of functions that stand for nothing."""
    name = without_argument(left)
    functions = right.names - {*VARIABLES}
    is_compound = isinstance(right, (kinds.Quotient, kinds.Product)) and len(functions) > 1
    if isinstance(name, kinds.Name) and name.text in USUAL_FUNCTIONS - functions and is_compound and functions <= USUAL_FUNCTIONS:
        context.in_rules[name.text] = right


def _in_full(context: Context, left: Node, right: Node) -> tuple[Node, Node]:
    """``f' = ...`` as ``(g/h)' = ...``, where the text says so of ``f``."""
    is_derived = isinstance(left, kinds.Derivative) and left.bottom in (PRIME, *map(kinds.Name, VARIABLES))
    function = left.top if isinstance(left, kinds.Derivative) and is_derived else left
    function = function.body if isinstance(function, kinds.Primed) else function
    if not isinstance(function, kinds.Name) or function is left:
        return left, right
    for definition in context.views[0].definitions.get(function.text, ())[:1] if function.text in context.own else ():
        # Where its letters stand for something, it was a definition.
        _note_of_rule(context, function, definition.body)
    meant = context.in_rules.get(function.text)
    return (kinds.Primed(kinds.Group(meant)), right) if meant is not None else (left, right)


def _rule(context: Context, left: Node, right: Node, tokens: Sequence[Sequence[Token]]) -> Rule:
    parts = (*left.everything, *right.everything)
    derivatives = [part for part in parts if isinstance(part, (kinds.Primed, kinds.Derivative))]
    if not derivatives or not all(type(part) in UNDERSTOOD for part in parts):
        raise NoRule
    if not any(_is_compound(_derived(part)) for part in derivatives):
        raise NoRule
    names = (left.names | right.names) - {""}
    primed = {part.body.text for part in parts if isinstance(part, kinds.Primed) and isinstance(part.body, kinds.Name)}
    primed |= {part.top.text for part in derivatives if isinstance(part, kinds.Derivative) and isinstance(part.top, kinds.Name)}
    variable = _variable(names - primed, derivatives, context.components.keys())
    functions = frozenset(names - {variable} - (CONSTANTS - primed))
    _see_that_letters_are_free(context, names, functions, variable)
    if not functions and not any(_is_curved(_derived(part), variable) for part in derivatives):
        # Whether a letter beside the variable is a number, nobody says.
        raise NoRule
    return Rule((left, right), variable, functions, (_points(tokens[0]), _points(tokens[1])))


def _derived(node: Node) -> Node:
    return kinds.bare(node.body if isinstance(node, kinds.Primed) else node.top if isinstance(node, kinds.Derivative) else node)


def _is_compound(node: Node) -> bool:
    return not isinstance(node, (kinds.Name, kinds.Primed, kinds.Derivative))


def _is_curved(node: Node, variable: str) -> bool:
    """Whether the variable stands in a power, a function or a fraction: no array does among plain letters."""
    return any(
        isinstance(part, (kinds.Power, kinds.Function, kinds.Quotient)) and variable in part.names for part in node.everything
    )


def _variable(names: frozenset[str], derivatives: Sequence[Node], components: Set[str]) -> str:
    """What is differentiated by."""
    bottoms = {part.bottom for part in derivatives if isinstance(part, kinds.Derivative)} - {PRIME}
    if bottoms:
        (bottom, *others) = bottoms
        if others or not isinstance(bottom, kinds.Name):
            raise NoRule
        return bottom.text
    # A component is no constant.
    of_case = next(iter(names)) if len(names) == 1 and names <= components else ""
    return next((letter for letter in VARIABLES if letter in names), of_case)


def _see_that_letters_are_free(context: Context, names: frozenset[str], functions: frozenset[str], variable: str) -> None:
    """Each is a small letter; a function or a constant is nothing else in the text, nor in the exercise."""
    known = frozenset(context.steps).union(*(view.names for view in context.views))
    # Of a layer that works entry by entry, its output is a function of a number to many.
    is_output = variable in (INPUT, "") and all(view.elementwise for view in context.views)
    usual = USUAL_FUNCTIONS | {OUTPUT} if is_output else USUAL_FUNCTIONS
    # What the text says behind a rule that its letters stand for is a case of it.
    own = context.own.difference(context.in_rules, *(meant.names for meant in context.in_rules.values()))
    for name in names:
        is_letter = (len(name) == 1 and name.islower()) or name in CONSTANTS or name in ("\\phi", "\\varphi", "\\psi")
        taken = known - usual if name in functions else known
        if not is_letter or (name != variable and (name in own or name in taken)):
            raise NoRule


def _points(tokens: Sequence[Token]) -> Points:
    """``f'(g)``: where the primed functions of a side are taken; an empty text where they are taken at several letters."""
    found: Points = {}
    for place in range(len(tokens) - 4):
        function, prime, opening, point, closing = tokens[place : place + 5]
        if (prime, opening, closing) == ("'", "(", ")") and isinstance(function, str) and isinstance(point, str):
            found[function] = point if found.get(function, point) == point else ""
    return found
