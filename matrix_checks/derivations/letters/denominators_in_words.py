r"""Letters that words call the denominator: "abbreviate the denominator by $S$", behind $y_i = e^{x_i} / \sum_j e^{x_j}$."""

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import equalities, is_said, tokens_of
from matrix_checks.derivations.equality.conventions import in_definition
from matrix_checks.derivations.equality.interpretations import OF_ANY_SIZE
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.letters.letters_said import NO_LETTERS
from matrix_checks.derivations.prose import words_of_gradients
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.exercise import Definition

# In characters, how far from a letter it may be said what it is.
NEAR = 80


def declare_denominators(context: Context, found: list[Piece]) -> None:
    """Take letters for what stands below the nearest fraction, where words call them the denominator and nothing else says what they are."""
    for place, piece in enumerate(found):
        name = context.only_name(tokens_of(context, piece)) if piece.kind != "prose" and _is_called_so(found, place) else ""
        if not name or name in NO_LETTERS or name in context.known or is_said(context, name):
            continue
        nearest = [*reversed(found[:place]), *found[place + 1 :]]
        body = next((below for each in nearest if (below := _denominator(context, each)) is not None), None)
        if body is not None and name not in body.names and not free_indices(body, ()):
            context.own.add(name)
            context.define(name, Definition(in_definition(body, (), context.views, context.memory)), first=True)


def _is_called_so(found: list[Piece], place: int) -> bool:
    """Whether words directly beside a formula call it the denominator."""
    before, behind = found[place - 1 : place], found[place + 1 : place + 2]
    return any(
        each.kind == "prose" and words_of_gradients.DENOMINATOR_BEFORE.search(each.source[-NEAR:]) for each in before
    ) or any(each.kind == "prose" and words_of_gradients.IS_DENOMINATOR.search(each.source[:NEAR]) for each in behind)


def _denominator(context: Context, piece: Piece) -> Node | None:
    """What stands below the fraction that a formula sets something equal to; ``None`` where there is none, or more than one."""
    if piece.kind == "prose":
        return None
    sides = [right for _, right in equalities(context, [tokens_of(context, piece)])]
    below = {side.bottom for side in sides if isinstance(side, kinds.Quotient)}
    body = below.pop() if len(below) == 1 else None
    if body is None or not body.names:
        return None
    said = context.known | OF_ANY_SIZE | {"e"}
    return body if all(each in said or each.upper() in said for each in body.names) else None
