"""Names for transposed arrays: behind ``V := W^\\top``, a derivative by ``V`` is the transposed one by ``W``."""

from collections.abc import Callable

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node, bare
from matrix_checks.derivations.values.exercise import NUMBER, View

ShapeOf = Callable[[Node], tuple[str, str] | None]


def with_turned_names(node: Node, views: tuple[View, ...], own: frozenset[str], shape_of: ShapeOf) -> Node:
    """The same where numbers are differentiated by the variables themselves.

    Parameters
    ----------
    node
        The expression.
    views
        The exercise with what the text introduced.
    own
        Names that the text gave a meaning.
    shape_of
        The shape of an expression; ``None`` where it has no value.
    """
    if not isinstance(node, kinds.Derivative):
        return node.rebuilt(lambda part: with_turned_names(part, views, own, shape_of))
    entry = node.bottom if isinstance(node.bottom, kinds.Indexed) and len(node.bottom.indices) == 2 else None
    meant = _turned(bare(entry.body if entry else node.bottom), views, own)
    if meant is None or isinstance(node.bottom, kinds.Transposed) or (not entry and shape_of(node.top) != NUMBER):
        return node
    if entry:
        return type(node)(node.top, kinds.Indexed(meant, entry.indices[::-1]))
    return kinds.Transposed(type(node)(node.top, meant))


def _turned(name: Node, views: tuple[View, ...], own: frozenset[str]) -> kinds.Name | None:
    """The array that a name of the text's own stands for, transposed; else ``None``."""
    if not isinstance(name, kinds.Name) or name.text not in own:
        return None
    for view in views:
        for definition in view.definitions.get(name.text, ())[:1]:
            body = definition.body
            meant = bare(body.body) if isinstance(body, kinds.Transposed) and not definition.indices else None
            if isinstance(meant, kinds.Name) and _is_array(view, view.aliases.get(meant.text, meant.text)):
                return meant
    return None


def _is_array(view: View, name: str) -> bool:
    """Whether it is a variable, or what the exercise itself defines."""
    return name in view.variables or name in (view.origin or view).definitions


def is_own_transpose(views: tuple[View, ...], left: Node, right: Node) -> bool:
    """Whether a name of the exercise is said to be the transpose of itself in another letter: ``x = X^\\top``."""
    other = right.body if isinstance(right, kinds.Transposed) else None
    if not isinstance(left, kinds.Name) or not isinstance(other, kinds.Name) or left == other:
        return False
    return any(view.aliases.get(left.text, left.text) == view.aliases.get(other.text, other.text) for view in views)
