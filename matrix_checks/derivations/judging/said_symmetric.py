"""Matrices that a text says to be symmetric, in words or as ``A = A^T``: what holds for such ones is not called false."""

import re
from collections.abc import Callable, Iterator

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.judging.context import Context
from matrix_checks.derivations.judging.verdicts import HOLDS, OTHER_LAYOUT
from matrix_checks.derivations.reading.formulas import Piece

MAY_BE_SYMMETRIC = "it holds for a symmetric matrix, which the text speaks of"
# Of a text, in characters.
LONGEST = 20_000
# A letter stands so near to the word that it is said of, in characters.
BEFORE, BEHIND = 40, 25
_SYMMETRIC = re.compile(r"(?i)s[iy]m+[eé]tri|симметрич|对称|対称|대칭")
_LETTER = re.compile(r"(?<![A-Za-z\\_^])([A-Z])(?![A-Za-z_^'])")
_EQUAL = re.compile(r"(?<![A-Za-z\\_^])([A-Z])\s*(?:=\s*\1\s*\^|\^\s*(?:T|t|\{\s*T\s*\}|\\top|\{\s*\\top\s*\})\s*=\s*\1(?![\w^]))")


def note_symmetric(context: Context, found: list[Piece]) -> None:
    """Learn of which matrices the text says somewhere that they are symmetric."""
    text = " ".join(piece.source for piece in found)[:LONGEST]
    context.memory.symmetric = {match[1] for match in _EQUAL.finditer(text)}
    for match in _SYMMETRIC.finditer(text):
        near = text[max(match.start() - BEFORE, 0) : match.end() + BEHIND]
        context.memory.symmetric.update(_LETTER.findall(near))


def holds_if_symmetric(context: Context, left: Node, right: Node, verdict_of: Callable[[Node, Node], str]) -> bool:
    """Whether an equality holds, in some layout, where one of the matrices that are said to be symmetric is."""
    return any(verdict_of(*sides) in (HOLDS, OTHER_LAYOUT) for sides in _made_symmetric(context, left, right))


def _made_symmetric(context: Context, left: Node, right: Node) -> Iterator[tuple[Node, Node]]:
    """Both sides with the sum of a matrix and its transpose in its place; not where something is differentiated by it."""
    by = {
        name
        for side in (left, right)
        for part in side.everything
        if isinstance(part, kinds.Derivative)
        for name in part.bottom.names
    }
    for name in sorted((context.memory.symmetric & (left.names | right.names)) - by):
        symbol = kinds.Name(name)
        symmetric = kinds.Group(kinds.Add((symbol, kinds.Transposed(symbol))))

        def change(node: Node, symbol: Node = symbol, symmetric: Node = symmetric) -> Node:
            return symmetric if node == symbol else node.rebuilt(lambda part: change(part, symbol, symmetric))

        yield change(left), change(right)
