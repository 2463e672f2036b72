r"""Gaps inside brackets: ``[a \\quad b \\quad c]`` is a row, and a gap beside a bracket is nothing."""

from collections.abc import Sequence

from matrix_checks.derivations.reading.tex import RELATIONS, Token, Word
from matrix_checks.derivations.reading.tokens import Renamed

GAP = "\\quad"
OPENING = {"(": ")", "[": "]", "{": "}"}
# What no entry of a row has beside a gap.
NO_ROW = (",", ";", "&", "\\\\", *RELATIONS)
BEGIN = (*("\\begin", "{"), *"bmatrix", "}")
END = (*("\\end", "{"), *"bmatrix", "}")


def with_rows_for_gaps(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with a matrix of one row for each bracket that has gaps inside, and without gaps beside brackets."""
    found = list(tokens)
    if GAP not in found:
        return found
    open_at: list[int] = []
    place = 0
    while place < len(found):
        token = found[place]
        if token in OPENING:
            open_at.append(place)
        elif token in OPENING.values() and open_at:
            begin = open_at.pop()
            if OPENING[str(found[begin])] == token and token != "}":
                inside = _changed(found[begin : place + 1])
                found[begin : place + 1] = inside
                place = begin + len(inside) - 1
        place += 1
    return found


def _changed(tokens: list[Token]) -> list[Token]:
    """What stands in brackets, with these."""
    opening, *inside, closing = tokens
    while inside[:1] == [GAP]:
        inside = inside[1:]
    while inside[-1:] == [GAP]:
        inside = inside[:-1]
    depth, here = 0, list[Token]()
    for token in inside:
        depth += (token in OPENING) - (token in OPENING.values())
        if not depth:
            here.append(token)
    is_row = GAP in here and not any(token in NO_ROW or isinstance(token, Word) for token in here)
    if not is_row:
        return [opening, *inside, closing]
    # It is shown as it was written.
    return [*_in_place_of(BEGIN, str(opening)), *_with_columns(inside), *_in_place_of(END, str(closing))]


def _with_columns(inside: list[Token]) -> list[Token]:
    found: list[Token] = []
    depth = 0
    for token in inside:
        depth += (token in OPENING) - (token in OPENING.values())
        is_gap = token == GAP and not depth
        if not is_gap:
            found.append(token)
        elif not (found and found[-1] == "&"):
            found.append(Renamed.of("&", GAP))
    return found


def _in_place_of(tokens: Sequence[str], written: str) -> list[Token]:
    return [Renamed.of(tokens[0], written), *(Renamed.of(token, "") for token in tokens[1:])]
