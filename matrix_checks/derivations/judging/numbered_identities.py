"""``I_2 \\otimes A``: the identity of so many rows and columns, written out."""

from fractions import Fraction

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node

# Of rows and columns.
FEWEST, MOST = 2, 4
IDENTITY = kinds.Name("I")


def with_identities(node: Node) -> Node:
    """The expression with each identity of a number of rows that is a factor of a Kronecker product."""
    node = node.rebuilt(with_identities)
    if not isinstance(node, kinds.Product) or "otimes" not in node.signs:
        return node
    return kinds.Product(tuple(map(_written_out, node.factors)), node.signs)


def _written_out(node: Node) -> Node:
    index = node.indices[0] if isinstance(node, kinds.Indexed) and node.body == IDENTITY and len(node.indices) == 1 else None
    if not isinstance(index, kinds.Number) or index.value.denominator != 1 or not FEWEST <= index.value <= MOST:
        return node
    count = int(index.value)
    return kinds.Matrix(tuple(kinds.Number(Fraction(row == column)) for row in range(count) for column in range(count)), count)
