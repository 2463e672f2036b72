r"""An expression with entries that a text numbers through, such as ``x_3``, as entries of their matrix; which ones, says :mod:`.numbered_through`."""

from collections.abc import Mapping

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node


def with_numbered_through(node: Node, numbered: Mapping[Node, Node]) -> Node:
    """The same expression with the row and the column of entries that are numbered through."""
    if not numbered or kinds.Indexed not in node.kinds:
        return node
    return numbered[node] if node in numbered else node.rebuilt(lambda part: with_numbered_through(part, numbered))
