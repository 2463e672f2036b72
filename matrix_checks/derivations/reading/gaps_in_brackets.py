r"""Gaps inside brackets: ``[a \\quad b \\quad c]`` is a row, and a gap beside a bracket is nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from matrix_checks.derivations.reading.tex import RELATIONS, Token, Word
from matrix_checks.derivations.reading.tokens import Renamed

GAP = "\\quad"
OPENING = {"(": ")", "[": "]", "{": "}"}
CLOSING = frozenset(OPENING.values())
# What no entry of a row has beside a gap.
NO_ROW = (",", ";", "&", "\\\\", *RELATIONS)
BEGIN = (*("\\begin", "{"), *"bmatrix", "}")
END = (*("\\end", "{"), *"bmatrix", "}")


@dataclass
class Bracket:
    """What stands in brackets, but not in further ones.

    Attributes
    ----------
    begin
        Where they open.
    gaps
        The places of gaps.
    is_no_row
        Whether something stands there that no row has.
    """

    begin: int
    gaps: list[int] = field(default_factory=list)
    is_no_row: bool = False


def with_rows_for_gaps(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with a matrix of one row for each bracket that has gaps inside, and without gaps beside brackets."""
    changed: dict[int, list[Token]] = {}
    waiting: list[Bracket] = []
    for place, token in enumerate(tokens) if GAP in tokens else ():
        if token in OPENING:
            waiting.append(Bracket(place))
        elif not waiting:
            continue
        elif token in CLOSING:
            bracket = waiting.pop()
            is_pair = token != "}" and OPENING[str(tokens[bracket.begin])] == token
            if is_pair and _becomes_row(tokens, bracket, place, changed) and waiting:
                # A row of rows is none.
                waiting[-1].is_no_row = True
        elif token == GAP:
            waiting[-1].gaps.append(place)
        elif token in NO_ROW or isinstance(token, Word):
            waiting[-1].is_no_row = True
    return [each for place, token in enumerate(tokens) for each in changed.get(place, [token])]


def _becomes_row(tokens: Sequence[Token], bracket: Bracket, end: int, changed: dict[int, list[Token]]) -> bool:
    """Note what changes in brackets that close at a place, and say whether they are a row."""
    begin, gaps = bracket.begin, bracket.gaps
    at_edges = {place for number, place in enumerate(gaps, 1) if place == begin + number}
    at_edges |= {place for number, place in enumerate(reversed(gaps), 1) if place == end - number}
    between = [place for place in gaps if place not in at_edges]
    changed.update((place, []) for place in at_edges)
    if not between or bracket.is_no_row:
        return False
    # It is shown as it was written.
    changed.update((place, [] if tokens[place - 1] == GAP else [Renamed.of("&", GAP)]) for place in between)
    changed[begin] = _in_place_of(BEGIN, str(tokens[begin]))
    changed[end] = _in_place_of(END, str(tokens[end]))
    return True


def _in_place_of(tokens: Sequence[str], written: str) -> list[Token]:
    return [Renamed.of(tokens[0], written), *(Renamed.of(token, "") for token in tokens[1:])]
