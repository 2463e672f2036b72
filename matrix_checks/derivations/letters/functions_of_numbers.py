r"""Functions of one number that a text speaks of in general, and takes at a number of the exercise: ``\nabla h = 2 f'(x^\top x)\, x``.

Nobody says what the function is, so that what is true of the exercise's own number says nothing of it.
"""

from collections.abc import Iterator
from itertools import islice, pairwise

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.introductions import name_of
from matrix_checks.derivations.context.statements_of_text import formulas_of, relations
from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD, OTHER_LAYOUT, Finding
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.exercise import NUMBER

MOST_RELATIONS = 40
OF_NUMBER = "{} is a function of a number, of which nothing is said"
ELSEWHERE = "a derivative is taken at something else than its variable"
# What a function is differentiated by is the number that stands in its brackets.
_MARK = "'"


def take_functions_of_numbers(context: Context, found: list[Piece]) -> None:
    """Keep the letters that stand for a function of a number, and those of what the text makes with it."""
    if not any(_MARK in piece.source or "prime" in piece.source for piece in found if piece.kind != "prose"):
        return
    said = list(islice(relations(context, formulas_of(context, found)), MOST_RELATIONS))
    functions = {name for sides in said for side in sides for name, is_derived in _called(context, side) if is_derived}
    made = {name_of(left) for left, right in said if any(name in functions for name, _ in _called(context, right))}
    context.memory.of_numbers = frozenset(functions), frozenset(made - {""})


def unless_of_number(context: Context, left: Node, right: Node, finding: Finding) -> Finding:
    """The finding, or a doubt where it is about a function of a number."""
    if finding.verdict == FALSE and any(_is_taken_elsewhere(context, side) for side in (left, right)):
        return Finding(NOT_UNDERSTOOD, ELSEWHERE)
    functions, made = context.memory.of_numbers
    if not functions or finding.verdict not in (HOLDS, FALSE, OTHER_LAYOUT):
        return finding
    called = {name for side in (left, right) for name, _ in _called(context, side)} & functions
    parts = (part for side in (left, right) for part in side.everything if isinstance(part, kinds.Derivative))
    name = next(iter(sorted(called | ({name_of(part.top) for part in parts} & made))), "")
    return Finding(NOT_UNDERSTOOD, OF_NUMBER.format(name)) if name else finding


def _called(context: Context, side: Node) -> Iterator[tuple[str, bool]]:
    """The letters that stand before a number in brackets, each with whether it is a derivative."""
    for part in side.everything:
        for function, argument in pairwise(part.factors) if isinstance(part, kinds.Product) else ():
            letter = function.body if isinstance(function, kinds.Primed) else function
            name = _function(context, letter)
            if name and isinstance(argument, kinds.Group) and _is_number(context, argument.body):
                yield name, letter is not function


def _is_taken_elsewhere(context: Context, side: Node) -> bool:
    """Whether a derivative is taken at something else than a letter: ``f'(2x)``."""
    products = (part.factors for part in side.everything if isinstance(part, kinds.Product))
    return any(
        isinstance(function, kinds.Primed) and bool(_function(context, function.body)) and _is_expression(argument)
        for factors in products
        for function, argument in pairwise(factors)
    )


def _function(context: Context, letter: Node) -> str:
    """The name of what may be a function; empty for an array of the exercise, where a prime is the transpose."""
    if not isinstance(letter, kinds.Name) or context.shape_of(letter) not in (NUMBER, None):
        return ""
    shapes = (view.variables.get(view.aliases.get(letter.text, letter.text), NUMBER) for view in context.views)
    return letter.text if all(shape == NUMBER for shape in shapes) else ""


def _is_expression(argument: Node) -> bool:
    return isinstance(argument, kinds.Group) and not isinstance(argument.body, kinds.Name)


def _is_number(context: Context, argument: Node) -> bool:
    """Whether an argument is a number that is made of arrays: what a letter stands for, anybody may call its argument."""
    products = (part.factors for part in argument.everything if isinstance(part, kinds.Product))
    is_call = any(
        isinstance(behind, kinds.Group) and _function(context, one) for factors in products for one, behind in pairwise(factors)
    )
    is_made = not isinstance(argument, kinds.Name) and bool(argument.names) and not is_call
    return is_made and context.shape_of(argument) == NUMBER
