r"""Rows that are stacked, in a text that says so: its ``\operatorname{vec} X`` is the usual one of ``X^\top``, and so are its Jacobians."""

from collections.abc import Callable

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node, whole_of

VEC = "vec"


def by_rows(node: Node) -> Node:
    """The rows of a matrix, one below the other."""
    return kinds.Function(VEC, (kinds.Transposed(node),))


def with_rows_stacked(node: Node, shape_of: Callable[[Node], tuple[str, str] | None], is_meant: bool) -> Node:
    """The same with each vec by rows, and each derivative of a matrix by a matrix, where that is meant."""

    def is_matrix(part: Node) -> bool:
        shape = shape_of(part) if isinstance(part, kinds.Name) else None
        return shape is not None and "1" not in shape

    def change(part: Node) -> Node:
        part = part.rebuilt(change)
        if isinstance(part, kinds.Function) and part.name == VEC:
            return by_rows(part.arguments[0])
        if isinstance(part, kinds.Derivative) and is_matrix(whole_of(part.top)) and is_matrix(whole_of(part.bottom)):
            is_whole = kinds.Indexed not in part.top.kinds | part.bottom.kinds
            return kinds.Derivative(by_rows(part.top), by_rows(part.bottom)) if is_whole else part
        return part

    return change(node) if is_meant else node
