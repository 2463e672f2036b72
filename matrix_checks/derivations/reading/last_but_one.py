r"""The last term but one behind dots, which says no more than the dots: ``x_1^2 + \dots + x_{N-1}^2 + x_N^2``."""

from collections.abc import Sequence
from itertools import islice

from matrix_checks.derivations.reading.tex import text_of
from matrix_checks.derivations.reading.tokens import Renamed, Token

DOTS, SIGNS = "\\dots", ("+", ",", "&", "\\\\")
OPENING, CLOSING = ("(", "[", "{"), (")", "]", "}")
# Of a term, in tokens.
LONGEST = 40


def without_last_but_one(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with dots alone in the place of dots and the term before the last one, which is shown as it was written."""
    found, place = list[Token](), 0
    while place < len(tokens):
        end = _end_of_term(tokens, place) if tokens[place] == DOTS else place
        # The sign behind the term stays.
        found.append(Renamed.of(DOTS, text_of(tokens[place:end])) if end > place else tokens[place])
        place = max(end, place + 1)
    return found


def _end_of_term(tokens: Sequence[Token], place: int) -> int:
    """Where the term behind dots ends, if the next one is the same for the next index; else where the dots are."""
    sign = tokens[place + 1] if place + 2 < len(tokens) else ""
    if sign not in SIGNS:
        return place
    end = _next_end(tokens, place + 2)
    term = tokens[place + 2 : end]
    letters = [term[at + 1] for at in range(len(term)) if _is_before(term, at)]
    # An index that is the last one here already does not go on.
    if tokens[end : end + 1] != [sign] or not letters or any(term.count(each) != letters.count(each) for each in letters):
        return place
    following = tokens[end + 1 : _next_end(tokens, end + 1)]
    return end if _of_next(term) == _of_next(following) else place


def _next_end(tokens: Sequence[Token], start: int) -> int:
    """Where a term ends that begins at a place."""
    depth = 0
    for place, token in enumerate(islice(tokens, start, start + LONGEST), start):
        depth += (token in OPENING) - (token in CLOSING)
        if depth < 0 or (not depth and (token in SIGNS or token in ("=", "-", ".", "\\end"))):
            return place
    return min(start + LONGEST, len(tokens))


def _of_next(term: Sequence[Token]) -> list[Token]:
    """A term with the ``N`` of each ``{N - 1}``, and without braces around one letter."""
    found, place = list[Token](), 0
    while place < len(term):
        length = 5 if _is_before(term, place) else 3 if term[place] == "{" and term[place + 2 : place + 3] == ["}"] else 0
        found.append(term[place + 1] if length else term[place])
        place += length or 1
    return found


def _is_before(term: Sequence[Token], place: int) -> bool:
    return term[place] == "{" and list(term[place + 2 : place + 5]) == ["-", "1", "}"]
