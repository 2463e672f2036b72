"""A letter for the point at which differentials are taken: ``\\mathrm df_a(h)`` and ``\\nabla L(a)`` speak of ``x``, which is called ``a`` there."""

from collections.abc import Iterator

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import formulas_of
from matrix_checks.derivations.reading.conditions import INDEX_LETTERS
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tex import Token, Word
from matrix_checks.derivations.reading.tokens import without_braces

SIGNS = ("d", "D", Word("d"), Word("D"))
OPEN = ("(", "[")


def take_points(context: Context, found: list[Piece]) -> None:
    """Take the letter of a point for the variable of the functions that are differentiated there."""
    formulas = [without_braces(tokens) for tokens in formulas_of(context, found)]
    at_points = {point: name for tokens in formulas for name, point in _at_points(tokens)}
    for point, function in sorted(at_points.items()):
        variable = _variable_of(context, function)
        if not variable or not _may_be_point(context, point) or any({point, variable} <= set(tokens) for tokens in formulas):
            # Where both stand in one formula, they are two.
            continue
        context.steps.pop(point, None)
        context.look_at(view.with_alias(point, variable) if variable in view.variables else view for view in context.views)


def _at_points(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """Functions with the points at which they are differentiated: ``df_a(h)``, ``Df(a)h``, ``\\nabla L(a)``, ``\\partial_k f_i(a)``."""
    for place, sign in enumerate(tokens):
        rest = tokens[place + 1 : place + 7]
        if sign == "\\partial" and rest[:1] == ["_"]:
            # By an entry.
            rest = rest[2:]
            rest = rest[:1] + rest[3:] if rest[1:2] == ["_"] else rest
        elif sign not in SIGNS and sign != "\\nabla":
            continue
        if len(rest) < 4 or not isinstance(rest[0], str) or not isinstance(rest[2], str):
            continue
        below = sign in SIGNS and rest[1] == "_" and rest[3] in OPEN
        behind = rest[1] == "(" and rest[3] == ")"
        if (below or behind) and len(rest[2]) == 1 and rest[2].islower():
            yield rest[0], rest[2]


def _may_be_point(context: Context, letter: str) -> bool:
    """Whether a letter is nothing but what the text may have declared of it: an array of some shape."""
    said = context.known - context.steps.keys()
    is_named = letter in context.later or letter in context.later_entries
    return not is_named and letter not in said and letter not in INDEX_LETTERS | {"d", "e"} and letter.upper() not in context.arrays


def _variable_of(context: Context, function: str) -> str:
    """The variable that a function of the text's own was introduced with, or the only one that a function of the exercise has."""
    argument = context.later_functions.get(function, "")
    if argument:
        return next((view.aliases.get(argument, argument) for view in context.views if argument in view.names), "")
    view = context.views[0]
    name = view.aliases.get(function, function)
    arrays = [each for each, shape in view.variables.items() if each in view.reached_from(name) and shape != ("1", "1")]
    outputs = {each for each in arrays if name in view.definitions}
    # The gradient that comes from above is no variable of a layer.
    inputs = outputs - {"g"} if "L" in view.definitions else outputs
    return next(iter(inputs), "") if len(inputs) == 1 else ""
