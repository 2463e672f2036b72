r"""Two indices of which words say that they differ, or are the same: "for different ``$i$`` and ``$k$``", "Case i equals k:"; they are one condition."""

import re
from collections.abc import Sequence
from dataclasses import replace

from matrix_checks.derivations.reading.cases_in_words import INDEX, UNEQUAL
from matrix_checks.derivations.reading.macros import Expanded
from matrix_checks.derivations.reading.pieces import Piece, prose_at
from matrix_checks.derivations.reading.vocabulary import DIFFER, SAME

_LETTER = re.compile(r"\s*([a-z])\s*")
_AND = re.compile(r"(?i)\s*(?:,|and|und|et|y|e|i|и|та|,?\s*och|en|og|ve|és|a)\s*")
_BEFORE = re.compile(rf"(?i)(?<![^\W\d_]){UNEQUAL}[\s*_]*(?:{INDEX})?[\s*_:,]*$")
_BEHIND = re.compile(
    rf"(?i)\s*(?:are|do|sind|sont|son|sono|são|są|är|zijn)?\s*(?:(?:two|zwei|deux|dos|due|dois|два|dwa)\s+)?{UNEQUAL}(?![^\W\d_])"
)
_COMPARED = re.compile(rf"(?i)\s*(?:(?P<differ>{DIFFER})|(?:{SAME}))\s*")
# Without dollars, where a case begins: at the beginning of a sentence, or of the text.
_TYPED = re.compile(
    rf"(?i)(?:^|[.!?\n])[\s*_#>–—(-]*(?:\d[.)]\s*|[a-z][.)]\s*)?(?:[^\W\d_]+[\s*_:,]+){{1,3}}(?-i:(?P<one>[i-np-t]))\s+(?:(?P<differ>{DIFFER})|(?:{SAME}))\s+"
    r"(?-i:(?P<other>[i-np-t]))(?=[\s*_]*[:.,)]|[\s*_]*$)"
)
NEAR = 60
NOT_EQUAL = "\\ne"


def with_pairs_in_words(found: Sequence[Piece]) -> list[Piece]:
    """The pieces of a text, where two letters between such words are one condition; words behind them that say so are left out."""
    joined = [
        part for place, piece in enumerate(found) for part in _typed(piece, goes_on=place > 0 and found[place - 1].kind == "inline")
    ]
    place = 0
    while place + 2 < len(joined):
        compared = _compared(joined[place : place + 3])
        if compared:
            joined[place : place + 3] = [replace(joined[place], source=compared, written=Expanded(compared, compared))]
        pair = _pair(joined[place : place + 3])
        if pair:
            said = _BEHIND.match(prose_at(joined, place + 3)[:NEAR])
            if said or _BEFORE.search(prose_at(joined, place - 1)[-NEAR:]):
                joined[place : place + 3] = [replace(joined[place], source=pair, written=Expanded(pair, pair))]
                if said:
                    behind, end = joined[place + 1], said.end()
                    rest = replace(behind, source=behind.source[end:], start=behind.start + end, inside=behind.inside + end)
                    joined[place + 1] = rest
        place += 1
    return joined


def _typed(piece: Piece, goes_on: bool) -> list[Piece]:
    """A piece of prose, cut where a sentence begins with a case in which two letters without dollars are compared."""
    said = _TYPED.search(piece.source) if piece.kind == "prose" else None
    if said is None or said["one"] == said["other"] or (goes_on and not said.start() and piece.source[0] not in ".!?\n"):
        return [piece]
    start, end = said.start("one"), said.end("other")
    condition = f"{said['one']} {NOT_EQUAL if said['differ'] else '='} {said['other']}"

    def part(source: str, begin: int, kind: str) -> Piece:
        return Piece(source, kind, piece.start + begin, piece.inside + begin, Expanded(source, source))

    return [part(piece.source[:start], 0, "prose"), part(condition, start, "inline"), part(piece.source[end:], end, "prose")]


def _compared(three: Sequence[Piece]) -> str:
    """The condition that two letters are which words between them compare; empty for anything else."""
    letters = _letters(three)
    words = _COMPARED.fullmatch(three[1].source) if letters else None
    return "" if words is None else f"{letters[0]} {NOT_EQUAL if words['differ'] else '='} {letters[1]}"


def _pair(three: Sequence[Piece]) -> str:
    """The condition that two letters with a word between them are; empty for anything else."""
    letters = _letters(three)
    return f"{letters[0]} \\ne {letters[1]}" if letters and _AND.fullmatch(three[1].source) else ""


def _letters(three: Sequence[Piece]) -> tuple[str, ...]:
    """The two letters that stand alone in formulas with prose between them; none for anything else."""
    if [each.kind for each in three] != ["inline", "prose", "inline"]:
        return ()
    found = [_LETTER.fullmatch(each.source) for each in (three[0], three[2])]
    letters = tuple(each[1] for each in found if each)
    return letters if len({*letters}) == 2 else ()
