r"""Matrices with a single one: the ``J^{ij}`` of the Matrix Cookbook, and ``E^{(ij)}``, as ``E^{ij}``."""

import re
from collections.abc import Iterable, Iterator, Sequence

from matrix_checks.derivations.reading.tex import RELATIONS, Token, text_of
from matrix_checks.derivations.reading.tokens import Renamed

COOKBOOK, UNIT = "J", "E"
INDICES = frozenset("ijklmnpqrs")
_SAYS = re.compile(r"single[- ]entr|cookbook|matrix unit|matrizeneinheit|матричн\w+ единиц", re.IGNORECASE)
# In tokens: a derivative by an entry, with its braces.
LONGEST_DERIVATIVE = 24


def names_single_entries(text: str, formulas: Iterable[Sequence[Token]], is_number: bool) -> bool:
    r"""Whether the ``J^{ij}`` of a text is a matrix with a single one, and no entry of a Jacobian.

    Parameters
    ----------
    text, formulas
        What the text says, and the tokens of its formulas.
    is_number
        Whether ``J`` is a number in the exercise, which has no indices.
    """
    if is_number or _SAYS.search(text):
        return True
    found = [
        _is_derivative_by_entry(tokens, place) or not _is_whole_side(tokens, place, end)
        for tokens in formulas
        for place, end, _ in _places(tokens, (COOKBOOK,))
    ]
    return bool(found) and all(found)


def with_units(tokens: Sequence[Token], letters: tuple[str, ...]) -> list[Token]:
    """The formula with ``E^{ij}`` for these letters with two indices above."""
    changed: list[Token] = []
    done = 0
    for place, end, indices in _places(tokens, letters):
        # It is shown as it was written.
        written = text_of(tokens[place:end])
        hidden = [Renamed.of(str(token), "") for token in ("^", "{", *indices, "}")]
        changed += [*tokens[done:place], Renamed.of(UNIT, written), *hidden]
        done = end
    return [*changed, *tokens[done:]]


def _places(tokens: Sequence[Token], letters: tuple[str, ...]) -> Iterator[tuple[int, int, list[Token]]]:
    """Where each of these letters with two indices above begins and ends, and the indices; none that has indices below, too."""
    for place, token in enumerate(tokens):
        if token not in letters or list(tokens[place + 1 : place + 3]) != ["^", "{"] or "}" not in tokens[place:]:
            continue
        end = list(tokens).index("}", place) + 1
        indices = [each for each in tokens[place + 3 : end - 1] if each not in ("(", ")", ",")]
        has_more = tokens[end : end + 1] == ["_"] or tokens[place - 1 : place] == ["_"]
        if len(indices) == 2 and end - place <= 9 and INDICES.issuperset(indices) and not has_more:
            yield place, end, indices


def _is_whole_side(tokens: Sequence[Token], place: int, end: int) -> bool:
    edges = (*RELATIONS, "&", ",", ".", ";", "\\\\")
    return (place == 0 or tokens[place - 1] in edges) and (end == len(tokens) or tokens[end] in edges)


def _is_derivative_by_entry(tokens: Sequence[Token], place: int) -> bool:
    r"""Whether a derivative by the entry with the same indices is what a ``J^{ij}`` is set equal to: ``\partial A/\partial A_{ij}``."""
    before = [token for token in tokens[max(place - LONGEST_DERIVATIVE, 0) : place] if token not in ("{", "}", "&")]
    indices = [token for token in tokens[place + 3 : place + 8] if token in INDICES][:2]
    return before[-1:] == ["="] and before[-4:-1] == ["_", *indices] and any(sign in before for sign in ("\\partial", "d"))
