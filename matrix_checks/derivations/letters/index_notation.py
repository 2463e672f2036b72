"""How a text writes indices: a metric, commas for derivatives, matrices with a single one; all of it is read in the usual way."""

from collections.abc import Iterator
from contextlib import suppress

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.reading.comma_derivatives import says_commas, writes_commas
from matrix_checks.derivations.reading.conditions import INDEX_LETTERS
from matrix_checks.derivations.reading.deltas_in_words import deltas_in_words
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.metrics import metric_letters
from matrix_checks.derivations.reading.plain_indices import IndexNotation
from matrix_checks.derivations.reading.single_entries import COOKBOOK, UNIT, names_single_entries
from matrix_checks.derivations.reading.tex import NotUnderstood, Token, Word

# Of a text, in characters.
LONGEST = 20_000


def take_index_notation(context: Context, found: list[Piece]) -> None:
    """Learn from the whole text how it writes indices."""
    formulas: list[list[Token]] = []
    for piece in found:
        with suppress(NotUnderstood):
            if piece.kind != "prose":
                formulas.append(context.tokens(piece.source))
    text = " ".join(piece.source for piece in found if piece.kind == "prose")[:LONGEST]
    units = [UNIT] if UNIT not in context.known else []
    if context.may_be_number(COOKBOOK) and names_single_entries(text, formulas, COOKBOOK in context.known):
        units.append(COOKBOOK)
    letters = {token for tokens in formulas for token in tokens if not isinstance(token, Word)}
    counts = {letter: count for letter in letters if (count := _indices_of(context, letter)) is not None}
    counts |= {letter: 1 for tokens in formulas for letter in _with_one_index(tokens) if letter not in counts}
    commas = says_commas(text) or writes_commas(formulas, {letter for letter, count in counts.items() if not count})
    deltas = (*metric_letters(text, context.known), *deltas_in_words(found, context.known))
    context.notation.indices = IndexNotation(tuple(units), deltas, counts if commas else None)


def _indices_of(context: Context, letter: str) -> int | None:
    """How many indices an entry of what a letter stands for has."""
    shape = context.shape_at(letter) or context.shape_at(letter.upper())
    return sum(size != "1" for size in shape) if shape else None


def _with_one_index(tokens: list[Token]) -> Iterator[str]:
    """The letters that have one index below them: those of columns."""
    for place, letter in enumerate(tokens[:-2]):
        index = tokens[place + 2] if tokens[place + 1] == "_" else ""
        if isinstance(letter, str) and letter.isalpha() and isinstance(index, str) and index in INDEX_LETTERS:
            yield letter
