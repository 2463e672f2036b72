r"""Letters that words call the denominator: "abbreviate the denominator by $S$", behind $y_i = e^{x_i} / \sum_j e^{x_j}$."""

import re

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

_DENOMINATOR = (words_of_gradients.DENOMINATOR_BEFORE, words_of_gradients.IS_DENOMINATOR)
_OF_EXPONENTIALS = (words_of_gradients.EXPONENTIALS_BEFORE, words_of_gradients.IS_SUM_OF_EXPONENTIALS)
OUTPUT = "y"
# In characters, how far from a letter it may be said what it is.
NEAR = 80


def sums_said(context: Context, found: list[Piece]) -> set[str]:
    """The letters that words call the sum of the exponentials, in an exercise that divides by one: "let $N$ be the sum of the exponentials"."""
    beside = [place for place, piece in enumerate(found) if piece.kind != "prose" and _is_called(found, place, *_OF_EXPONENTIALS)]
    names = {context.only_name(tokens_of(context, found[place])) for place in beside}
    return {name for name in names if name and not is_said(context, name)} if _sum_divided_by(context) is not None else set()


def declare_sums(context: Context, found: list[Piece]) -> None:
    """Take the letters that words call the sum of the exponentials for that which the exercise divides by."""
    for name in sorted(sums_said(context, found) - context.known):
        body = _sum_divided_by(context)
        assert body is not None
        context.own.add(name)
        context.define(name, Definition(body), first=True)


def _sum_divided_by(context: Context) -> Node | None:
    """The sum of exponentials that the exercise's output is divided by; ``None`` where it is not."""
    for view in context.views:
        for definition in view.definitions.get(OUTPUT, ()):
            below = definition.body.bottom if isinstance(definition.body, kinds.Quotient) else None
            if isinstance(below, kinds.Sum) and not free_indices(below, view.letters):
                return below
    return None


def declare_denominators(context: Context, found: list[Piece]) -> None:
    """Take letters for what stands below the nearest fraction, where words call them the denominator and nothing else says what they are."""
    for place, piece in enumerate(found):
        name = (
            context.only_name(tokens_of(context, piece))
            if piece.kind != "prose" and _is_called(found, place, *_DENOMINATOR)
            else ""
        )
        if not name or name in NO_LETTERS or name in context.known or is_said(context, name):
            continue
        nearest = [*reversed(found[:place]), *found[place + 1 :]]
        body = next((below for each in nearest if (below := _denominator(context, each)) is not None), None)
        if body is not None and name not in body.names and not free_indices(body, ()):
            context.own.add(name)
            context.define(name, Definition(in_definition(body, (), context.views, context.memory)), first=True)


def _is_called(found: list[Piece], place: int, called_before: re.Pattern[str], is_called: re.Pattern[str]) -> bool:
    """Whether words directly before or behind a formula say what it is."""
    before, behind = found[place - 1 : place], found[place + 1 : place + 2]
    return any(each.kind == "prose" and called_before.search(each.source[-NEAR:]) for each in before) or any(
        each.kind == "prose" and is_called.search(each.source[:NEAR]) for each in behind
    )


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
