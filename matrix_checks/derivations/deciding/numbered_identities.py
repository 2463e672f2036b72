"""Identities with their sizes below: ``I_2 \\otimes A``, written out, and ``I_{nm}``, as large as a matrix has entries."""

from fractions import Fraction

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.equality.letters_of_sizes import letters_of
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


def with_products_of_sizes(context: Context, sides: tuple[Node, Node]) -> tuple[Node, Node]:
    """Both sides with the exercise's letters below each identity whose indices are two sizes: ``I_{nm}`` is no entry of one."""
    parts = [part for side in sides for part in side.everything if isinstance(part, kinds.Indexed)]
    identities = {part for part in parts if part.body == IDENTITY and len(part.indices) == 2}
    elsewhere = {index for part in parts if part not in identities for index in part.bound}
    meant = {part: _sizes_below(context, part) for part in identities if elsewhere.isdisjoint(part.indices)}

    def change(node: Node) -> Node:
        sizes = meant.get(node) if isinstance(node, kinds.Indexed) else None
        return kinds.Indexed(IDENTITY, sizes) if sizes else node.rebuilt(change)

    return (change(sides[0]), change(sides[1])) if any(meant.values()) else sides


def _sizes_below(context: Context, part: kinds.Indexed) -> tuple[kinds.Name, ...]:
    """The exercise's letters of the sizes that two indices are; none where they are indices."""
    texts = [index.text if isinstance(index, kinds.Name) else "" for index in part.indices]
    letters = letters_of(context.views)
    meant = [
        {view.aliases.get(text, context.memory.declared.get(text, text)) for view in context.views} & letters for text in texts
    ]
    return tuple(kinds.Name(min(each)) for each in meant) if all(meant) else ()
