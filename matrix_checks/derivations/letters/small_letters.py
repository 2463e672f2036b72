"""Small letters with two indices: the ``f_{pq}`` of a text are entries of ``F``, though an ``f`` alone is another word for a number."""

from contextlib import suppress

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.reading.conditions import INDEX_LETTERS
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tex import NotUnderstood, Token
from matrix_checks.derivations.values.exercise import NUMBER


def declare_entries(context: Context, found: list[Piece]) -> None:
    """Take a letter for the entries of a matrix wherever the text writes it with two indices."""
    words = {name for view in context.views for name in view.aliases if name not in view.definitions and len(name) == 1}
    letters = {name for name in words if _may_be_entry(context, name)}
    for piece in found if letters else ():
        if piece.kind == "prose":
            continue
        with suppress(NotUnderstood):
            for name in letters & _with_two_indices(context.tokens(piece.source)):
                context.look_at([view.without_alias(name) for view in context.views])


def _may_be_entry(context: Context, name: str) -> bool:
    matrix = context.shape_at(name.upper()) if name.islower() else None
    return matrix is not None and "1" not in matrix and context.shape_at(name) == NUMBER


def _with_two_indices(tokens: list[Token]) -> set[str]:
    found = zip(tokens, tokens[1:], tokens[2:], tokens[3:], tokens[4:], tokens[5:])
    return {
        str(name)
        for name, below, opening, *indices, closing in found
        if (below, opening, closing) == ("_", "{", "}") and set(indices) <= INDEX_LETTERS | {"m", "n", "k"}
    }
