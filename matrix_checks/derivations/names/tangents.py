"""Dots above names as tangents: where a text uses them so, ``\\dot v`` is the differential of ``v``, as in automatic differentiation."""

import re
from collections.abc import Iterator

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.names.gradient_families import Family
from matrix_checks.derivations.reading.conditions import INDEX_LETTERS
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.precedence import SYMBOLS
from matrix_checks.derivations.reading.tex import RELATIONS, Token
from matrix_checks.derivations.values.exercise import View

DOT = "\\dot"
# Among the families of a text it says that dots are tangents.
TANGENTS = Family("d")
# So a text says what its dots are.
_SAYS = re.compile(
    r"(?i)\b(?:tangents?|tangente\w*|jvps?|push\w*[- ]?forward|forward|vorwärts\w*|veloc\w*|vitesse|speed|rates?|perturb\w*|infinitesim\w*|"
    r"differentials?|différentielle\w*|differen[tz]iale?\w*|variations?|dot(?:s|ted)?|dual numbers?|punkt\w*|along|time|zeit|temps|trajector\w*)\b|"
    r"касательн|дифференциал|точк|скорост|切|微分"
)
_FRACTIONS = frozenset(("\\frac", "/"))


def uses_tangents(views: tuple[View, ...], found: list[Piece], formulas: list[list[Token]]) -> bool:
    """Whether a text uses dots for differentials: it says so, and most of what it sets dotted names equal to has dots in it.

    Parameters
    ----------
    views
        The exercise.
    found
        The text.
    formulas
        The tokens of its formulas.
    """
    if not any(_SAYS.search(piece.source) for piece in found if piece.kind == "prose"):
        return False
    known = frozenset[str]().union(*(view.names for view in views))
    with_dots = others = 0
    for letter, side in set_equal(DOT, formulas):
        if DOT in side:
            with_dots += 1
        elif not _claims_nothing(side, known):
            # A direction that is given to a variable is not any change of it.
            if any(letter in view.variables for view in views) or not _FRACTIONS.isdisjoint(side):
                return False
            others += 1
    return with_dots > 2 * others


def set_equal(accent: str, formulas: list[list[Token]]) -> Iterator[tuple[str, list[Token]]]:
    """The letters that stand with an accent alone on a side of an equality, with the side that follows."""
    for tokens in formulas:
        if accent not in tokens:
            continue
        sides = list(_sides(tokens))
        for one, other in zip(sides, sides[1:]):
            letter = _accented_alone(accent, one)
            if letter:
                yield letter, other


def _sides(tokens: list[Token]) -> Iterator[list[Token]]:
    """The sides between the signs of a formula, braces left out; what a comma or a line separates from an equality is no part of its side."""
    side: list[Token] = []
    depth = 0
    for token in _without_limits(tokens):
        if token in ("(", "[", "\\langle"):
            depth += 1
        elif token in (")", "]", "\\rangle"):
            depth -= 1
        if token in RELATIONS or (depth <= 0 and token in (",", ";", "\\\\", "\\qquad", "\\quad")):
            yield side
            side = []
            if token not in RELATIONS:
                yield []
        elif token not in ("{", "}", "&"):
            side.append(token)
    yield side


def _without_limits(tokens: list[Token]) -> Iterator[Token]:
    """The tokens without the signs below and above others: the ``i = 1`` of a sum is no side."""
    depth = 0
    for before, token in zip(["", *tokens], tokens):
        if token == "{" and (depth or before in ("_", "^")):
            depth += 1
        elif token == "}" and depth:
            depth -= 1
        if not depth or token not in RELATIONS:
            yield token


def _accented_alone(accent: str, side: list[Token]) -> str:
    """The letter of ``\\dot v`` and of ``\\dot v_i``; empty for anything else."""
    is_alone = len(side) == 2 or (len(side) <= 5 and side[2:3] == ["_"])
    return str(side[1]) if side[:1] == [accent] and is_alone else ""


def _claims_nothing(side: list[Token], known: frozenset[str]) -> bool:
    """Whether a side is missing, is numbers in brackets, or a differential, as by a time, which says what dots are."""
    letters = [token for token in side if not isinstance(token, str) or token.isalpha()]
    if not letters:
        return _FRACTIONS.isdisjoint(side) or not any(token in SYMBOLS for token in side)
    is_differential = any(str(token) in ("d", "\\partial") for token in side)
    return is_differential and (_FRACTIONS.isdisjoint(side) or str(letters[-1]) not in known | INDEX_LETTERS)


def with_tangents(node: Node) -> Node:
    """The same with differentials in the place of dotted names."""
    if isinstance(node, kinds.Indexed) and isinstance(node.body, kinds.Name) and _dotted(node.body):
        return kinds.Differentiated(node.rebuilt(lambda part: kinds.Name(_dotted(part)) if part is node.body else part))
    if isinstance(node, kinds.Name) and _dotted(node):
        return kinds.Differentiated(kinds.Name(_dotted(node)))
    return node.rebuilt(with_tangents)


def _dotted(node: Node) -> str:
    """The letter below a dot; empty for anything else."""
    text = node.text if isinstance(node, kinds.Name) else ""
    return text.removeprefix(f"{DOT} ") if text.startswith(f"{DOT} ") else ""
