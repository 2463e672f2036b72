"""Statements on the inverse of vec, as ones on vec: ``\\operatorname{unvec}(v) = X`` says that ``v = \\operatorname{vec}(X)``."""

from collections.abc import Callable

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.reading.precedence import ungrouped
from matrix_checks.derivations.reading.unstacking import RESHAPE, UNVEC, VEC

INVERSES = (UNVEC, RESHAPE)
Sides = tuple[Node, Node]


def unstacked(left: Node, right: Node, holds: Callable[[Node, Node], bool]) -> Sides:
    """The equality without inverses of vec, as far as it can be said without them.

    Parameters
    ----------
    left, right
        The equality.
    holds
        Whether an equality holds. Reshape may go through columns or rows: the one is meant for which it does.
    """
    if not any(_inverse(part) for side in (left, right) for part in side.everything):
        return left, right
    left, right = _without_pairs(left), _without_pairs(right)
    for one, other, turned in ((left, right, False), (right, left, True)):
        inside = ungrouped(one)
        while isinstance(inside, kinds.Transposed):
            inside, other = ungrouped(inside.body), kinds.Transposed(other)
        found = _inverse(inside)
        if found is None:
            continue
        beside = _inverse(ungrouped(other))
        if beside is not None and beside.name == found.name:
            sides = [(found.arguments[0], beside.arguments[0])]
        else:
            sides = [(found.arguments[0], _stacked(other)), (found.arguments[0], _stacked(kinds.Transposed(other)))]
        if found.name == UNVEC:
            return _turned(sides[0], turned)
        meant = next((each for each in sides if holds(*each)), None)
        if meant is not None:
            return _turned(meant, turned)
    return left, right


def _turned(sides: Sides, turned: bool) -> Sides:
    return (sides[1], sides[0]) if turned else sides


def _stacked(node: Node) -> Node:
    return kinds.Function(VEC, (node,))


def _inverse(node: Node) -> kinds.Function | None:
    return node if isinstance(node, kinds.Function) and node.name in INVERSES else None


def _without_pairs(node: Node) -> Node:
    """The expression without vec and its inverse where one follows the other."""
    node = node.rebuilt(_without_pairs)
    inner = ungrouped(node.arguments[0]) if isinstance(node, kinds.Function) and len(node.arguments) == 1 else None
    if isinstance(node, kinds.Function) and isinstance(inner, kinds.Function) and {node.name, inner.name} == {UNVEC, VEC}:
        return kinds.Group(inner.arguments[0])
    return node
