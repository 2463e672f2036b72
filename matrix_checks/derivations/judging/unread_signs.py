"""Signs of equality in plain text that ended up in no step: they are told, so that nothing is lost without a word."""

from collections.abc import Iterator, Sequence

from matrix_checks.derivations.prose.rendering import quote
from matrix_checks.derivations.reading.pieces import Piece
from matrix_checks.derivations.reading.plain_equations import signs_of_formulas

# So many are quoted.
MOST_QUOTED = 3
_ONE, _SEVERAL = "An equality without dollar signs was not read: {}.", "{} equalities without dollar signs were not read: {}."


def unread_signs(found: Sequence[Piece], account: Sequence[tuple[int, str]]) -> Iterator[str]:
    """A note on the signs of equality in the prose of a text that are in no account, where something that looks like a formula stands beside them.

    Parameters
    ----------
    found
        The formulas of the text, and the prose between them.
    account
        Where each sign that was read stands, and what became of it.
    """
    read = {place for place, _ in account}
    quotes = [
        quote(piece.source, place)
        for piece in found
        if piece.kind == "prose"
        for place in signs_of_formulas(piece.source)
        if piece.inside + place not in read
    ]
    if quotes:
        shown = ", ".join(quotes[:MOST_QUOTED]) + (" …" if len(quotes) > MOST_QUOTED else "")
        yield _ONE.format(shown) if len(quotes) == 1 else _SEVERAL.format(len(quotes), shown)
