r"""Two indices of which words say that they differ: "for different ``$i$`` and ``$k$``", "if ``$i$`` and ``$k$`` are different"; they are one condition."""

import re
from collections.abc import Sequence
from dataclasses import replace

from matrix_checks.derivations.reading.cases_in_words import INDEX, UNEQUAL
from matrix_checks.derivations.reading.macros import Expanded
from matrix_checks.derivations.reading.pieces import Piece, prose_at

_LETTER = re.compile(r"\s*([a-z])\s*")
_AND = re.compile(r"(?i)\s*(?:,|and|und|et|y|e|i|и|та|,?\s*och|en|og|ve|és|a)\s*")
_BEFORE = re.compile(rf"(?i)(?<![^\W\d_]){UNEQUAL}[\s*_]*(?:{INDEX})?[\s*_:,]*$")
_BEHIND = re.compile(
    rf"(?i)\s*(?:are|do|sind|sont|son|sono|são|są|är|zijn)?\s*(?:(?:two|zwei|deux|dos|due|dois|два|dwa)\s+)?{UNEQUAL}(?![^\W\d_])"
)
NEAR = 60


def with_pairs_in_words(found: Sequence[Piece]) -> list[Piece]:
    """The pieces of a text, where two letters between such words are one condition; words behind them that say so are left out."""
    joined = list(found)
    place = 0
    while place + 2 < len(joined):
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


def _pair(three: Sequence[Piece]) -> str:
    """The condition that two letters with a word between them are; empty for anything else."""
    one, words, other = three
    letters = [_LETTER.fullmatch(each.source) for each in (one, other)]
    if one.kind != "inline" or other.kind != "inline" or words.kind != "prose" or not _AND.fullmatch(words.source):
        return ""
    first, second = (found[1] if found else "" for found in letters)
    return f"{first} \\ne {second}" if first and second and first != second else ""
