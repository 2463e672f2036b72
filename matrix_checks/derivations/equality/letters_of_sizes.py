"""What the letters of sizes say beside an expression: a remark on its shape, as in ``A[N \\times R]``, or the last index, as in ``B_{nn}``."""

from matrix_checks.derivations.equality.rewriting import Changes, Sides
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.expressions.sizes import Sizes, without_remarks
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.memory import Memory


def letters_of(views: tuple[View, ...]) -> frozenset[str]:
    """The letters of the sizes that the exercise has."""
    return frozenset(letter for view in views for letter in view.letters)


def counts_of(views: tuple[View, ...], memory: Memory) -> frozenset[str]:
    """The letters of sizes, and those at which the text lets an index end."""
    return letters_of(views) | memory.ends


def without_shapes_beside(node: Node, views: tuple[View, ...], memory: Memory) -> Node:
    """The same without remarks on the shapes of its factors."""
    if Sizes not in node.kinds:
        return node
    return without_remarks(node, counts_of(views, memory) | memory.declared.keys() | memory.sizes.keys())


def remarks_on_shapes(sides: Sides, views: tuple[View, ...], memory: Memory) -> Changes:
    """``A[N \\times R]`` is ``A``, and says what its shape is; the number of its entries may be meant, too."""
    changed = without_shapes_beside(sides[0], views, memory), without_shapes_beside(sides[1], views, memory)
    if changed == sides:
        return (None,)
    return (lambda sides: (without_shapes_beside(sides[0], views, memory), without_shapes_beside(sides[1], views, memory)), None)


def sizes_as_indices(sides: Sides, views: tuple[View, ...], memory: Memory) -> Changes:
    """``(AB)_{nn}`` is the last entry, where the text uses ``n`` for a size."""
    free = {index for side in sides for index in free_indices(side, ())} & memory.declared.keys()
    if not free:
        return (None,)

    def change(node: Node) -> Node:
        if isinstance(node, kinds.Sum) and node.index in free:
            return node
        node = node.rebuilt(change)
        if not isinstance(node, kinds.Indexed):
            return node
        indices = tuple(
            kinds.Name(memory.declared[each.text]) if isinstance(each, kinds.Name) and each.text in free else each
            for each in node.indices
        )
        return type(node)(node.body, indices)

    return (None, lambda sides: (change(sides[0]), change(sides[1])))
