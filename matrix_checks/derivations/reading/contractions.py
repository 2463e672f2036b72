"""The colon as a product: ``A : B``, the inner product of two matrices that is also called double contraction."""

from collections.abc import Sequence

from matrix_checks.derivations.reading.groups import CLOSE, OPEN, groups
from matrix_checks.derivations.reading.tex import RELATIONS, Token, Word

CONTRACTION = "\\contraction"
# A formula with one of these declares a map: its colon is none of these products.
_MAPS = ("\\to", "\\mapsto", "\\mathbb", "\\forall", "\\exists", "\\in")
_TRACES = (Word("tr"), Word("Tr"), Word("trace"))
# What says what a product of two arrays is.
_VALUES = (*_TRACES, "\\tr", "\\Tr", "\\trace", "\\sum", "\\langle")
_DIFFERENTIALS = ("d", "\\partial", "\\delta", "\\Delta", Word("d"))
# What ends no operand, or begins none.
_SIGNS = frozenset(
    "+ - \\pm \\mp * / , ; : . & | \\| \\\\ \\quad _ ^ \\cdot \\times \\odot \\oslash \\otimes \\Rightarrow \\therefore \\because".split()
)
_SCRIPTS = ("_", "^", "'")
_ENDS = (",", ".", ";", "\\\\", "&")
_BOTTOM = ("\\partial", "d")


def says_contraction(tokens: Sequence[Token]) -> bool:
    """Whether a formula says that its colons are products.

    A differential stands at one behind a relation, or what stands before one is repeated behind it, or it is said to be a trace.
    """
    end = groups(tokens).end
    return any(
        _is_square(tokens, end, place)
        or _is_explained(tokens, end, place)
        or _is_whole_side(tokens, end, place)
        or _is_of_gradient(tokens, place)
        or (_is_behind_relation(tokens, place) and _stands_at_differential(tokens, end, place))
        for place in _colons(tokens)
    )


def with_contractions(tokens: Sequence[Token]) -> list[Token]:
    """The formula with a token of their own for the colons that are products.

    Before the first relation a colon may end a label, as in ``W: dW = x^\\top g``, unless there is one behind the relation, too, or
    no label is of that form. Without a relation nothing is labelled.
    """
    end, colons = groups(tokens).end, _colons(tokens)
    on_both_sides = any(_is_behind_relation(tokens, place) for place in colons)
    places = {
        place
        for place in colons
        if on_both_sides
        or _is_square(tokens, end, place)
        or _is_explained(tokens, end, place)
        or _is_of_gradient(tokens, place)
        or (_is_no_label(tokens, place) and _stands_at_differential(tokens, end, place))
    }
    return [CONTRACTION if place in places else token for place, token in enumerate(tokens)]


def _colons(tokens: Sequence[Token]) -> list[int]:
    """The colons that stand between two operands."""
    if ":" not in tokens or any(token in _MAPS for token in tokens):
        return []
    return [
        place
        for place, token in enumerate(tokens[1:-1], start=1)
        if token == ":" and _ends_operand(tokens[place - 1]) and _begins_operand(tokens[place + 1])
    ]


def _is_behind_relation(tokens: Sequence[Token], place: int) -> bool:
    return any(token in RELATIONS for token in tokens[:place])


def _ends_operand(token: Token) -> bool:
    return not isinstance(token, Word) and token not in _SIGNS and token not in OPEN and token not in RELATIONS


def _begins_operand(token: Token) -> bool:
    if isinstance(token, Word):
        return token in _DIFFERENTIALS or token in _TRACES
    return token not in _SIGNS and token not in CLOSE and token not in RELATIONS


def _is_of_gradient(tokens: Sequence[Token], place: int) -> bool:
    """``\\frac{\\partial L}{\\partial y} : dy``: what the derivative is by is what varies."""
    varying = tokens[place + 2] if tokens[place + 1] in _DIFFERENTIALS and place + 2 < len(tokens) else None
    before = tokens[max(place - len(_BOTTOM) - 2, 0) : place]
    return varying is not None and list(before[-2:]) == [varying, "}"] and any(sign in before[:-2] for sign in _BOTTOM)


def _is_no_label(tokens: Sequence[Token], place: int) -> bool:
    """Whether what stands before a colon names nothing that follows: it is longer than a name, and no statement on a number follows."""
    if not any(token in RELATIONS for token in tokens):
        return True
    is_alone = any(token in RELATIONS for token in tokens[place + 2 : place + 4])
    # No label stands in brackets with others.
    is_term = tokens[place - 1] in (")", "]") and tokens[max(place - 3, 0)] not in OPEN
    return tokens[place - 1] in CLOSE and (is_term or not is_alone)


def _stands_at_differential(tokens: Sequence[Token], end: dict[int, int], place: int) -> bool:
    """Whether a differential is a factor before or behind the colon, as in ``2E : dE``; inside of fractions it says nothing."""
    start = max((before for before in range(place) if _separates(tokens[before])), default=-1)
    here = start + 1
    while here < len(tokens) and (here <= place or not _separates(tokens[here])):
        if tokens[here] in _DIFFERENTIALS and _begins_operand(tokens[min(here + 1, len(tokens) - 1)]):
            return True
        opens_terms = tokens[here] in ("(", "[")
        here = end.get(here, here) + 1 if not opens_terms else here + 1
    return False


def _separates(token: Token) -> bool:
    return token in RELATIONS or token in ("+", "-", ",", ";", "\\\\", "&")


def _operand(tokens: Sequence[Token], end: dict[int, int], place: int) -> int:
    """The place behind the symbol, or the brackets, that begin at a place, and its scripts."""
    behind = end.get(place, place) + 1
    while behind < len(tokens) and tokens[behind] in _SCRIPTS:
        behind = end.get(behind + 1, behind + 1) + 1 if tokens[behind] != "'" else behind + 1
    return min(behind, len(tokens))


def _is_square(tokens: Sequence[Token], end: dict[int, int], place: int) -> bool:
    """``E : E`` and ``(X - AS) : (X - AS)``."""
    other = tokens[place + 1 : _operand(tokens, end, place + 1)]
    return list(tokens[max(place - len(other), 0) : place]) == list(other)


def _is_whole_side(tokens: Sequence[Token], end: dict[int, int], place: int) -> bool:
    """``= (-2A^\\top R) : V``: behind a relation stand brackets, the colon and one factor, and nothing else."""
    opening = next((start for start, last in end.items() if last == place - 1), 0)
    behind = _operand(tokens, end, place + 1)
    is_last = behind == len(tokens) or tokens[behind] in RELATIONS or tokens[behind] in _ENDS
    return tokens[place - 1] in (")", "]") and opening > 0 and tokens[opening - 1] in RELATIONS and is_last


def _is_explained(tokens: Sequence[Token], end: dict[int, int], place: int) -> bool:
    """``A : B = \\operatorname{tr}(A^\\top B)``."""
    behind = _operand(tokens, end, place + 1)
    return behind + 1 < len(tokens) and tokens[behind] in RELATIONS and tokens[behind + 1] in _VALUES
