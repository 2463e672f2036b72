r"""An entry in the place of its vector, ``\operatorname{diag}(y_i)``, where a step is true with the whole vector on the diagonal."""

from matrix_checks.derivations.equality.equality import Decision, holds
from matrix_checks.derivations.equality.sides import Setting
from matrix_checks.derivations.equality.verdicts import HOLDS, NOT_UNDERSTOOD, Equality
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node

DIAGONAL, KRONECKER, ENTRY_BY_ENTRY = "diag", "otimes", "odot"
WITH_VECTOR = "with the whole vector on the diagonal"
OF_CROSS = "it is not said that the crossed circle multiplies entry by entry"

OF_CIRCLE = "it is not said whether the circle composes linear maps, or multiplies entry by entry"


def for_other_signs(setting: Setting, left: Node, right: Node) -> Decision | None:
    """The decision on a step that is true with vectors for their entries on diagonals; a doubt where a Kronecker product may be one by entries."""
    whole = _with_vectors(left), _with_vectors(right)
    if whole != (left, right) and holds(setting, *whole):
        return Decision(Equality(left, right), HOLDS, WITH_VECTOR, as_written=False)
    crossed = _entry_by_entry(left), _entry_by_entry(right)
    if crossed != (left, right) and holds(setting, *crossed):
        return Decision(Equality(left, right), NOT_UNDERSTOOD, OF_CROSS)
    composed = _composed(left), _composed(right)
    if composed != (left, right) and holds(setting, *composed):
        return Decision(Equality(left, right), NOT_UNDERSTOOD, OF_CIRCLE)
    return None


def _with_vectors(node: Node) -> Node:
    if isinstance(node, kinds.Function) and node.name == DIAGONAL and len(node.arguments) == 1:
        argument = kinds.bare(node.arguments[0])
        if isinstance(argument, kinds.Indexed) and len(argument.indices) == 1 and isinstance(argument.indices[0], kinds.Name):
            return kinds.Function(node.name, (argument.body,))
    return node.rebuilt(_with_vectors)


def _entry_by_entry(node: Node) -> Node:
    node = node.rebuilt(_entry_by_entry)
    if isinstance(node, kinds.Product) and KRONECKER in node.signs:
        return kinds.Product(node.factors, tuple(ENTRY_BY_ENTRY if sign == KRONECKER else sign for sign in node.signs))
    return node


def _composed(node: Node) -> Node:
    """The same with a chain of derivatives where a circle stands between two."""
    node = node.rebuilt(_composed)
    if not isinstance(node, kinds.Product) or not all(isinstance(kinds.bare(factor), kinds.Derivative) for factor in node.factors):
        return node
    return kinds.Product(node.factors, tuple("" if sign == ENTRY_BY_ENTRY else sign for sign in node.signs))
