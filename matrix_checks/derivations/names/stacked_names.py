"""Names for stacked matrices: behind ``s := \\operatorname{vec} S``, a derivative by ``s`` is one by ``\\operatorname{vec} S``."""

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import View

VEC = "vec"


def with_stacked_names(node: Node, views: tuple[View, ...], own: frozenset[str]) -> Node:
    """The same where a derivative is by what a name is the stack of, and of it.

    Parameters
    ----------
    node
        The expression.
    views
        The exercise with what the text introduced.
    own
        Names that the text gave a meaning.
    """
    if not isinstance(node, kinds.Derivative):
        return node.rebuilt(lambda part: with_stacked_names(part, views, own))
    top, bottom = (_stack_of(part, views, own) or part for part in (node.top, node.bottom))
    if bottom is node.bottom:
        return node
    return type(node)(top, bottom)


def _stack_of(node: Node, views: tuple[View, ...], own: frozenset[str]) -> Node | None:
    """What a name of the text's own stands for, where that is the stack of a matrix; else ``None``."""
    name = _without_brackets(node)
    if not isinstance(name, kinds.Name) or name.text not in own:
        return None
    bodies = [definition.body for view in views for definition in view.definitions.get(name.text, ())[:1]]
    return next((body for body in bodies if _is_stack(body)), None)


def _is_stack(node: Node) -> bool:
    return isinstance(node, kinds.Function) and node.name == VEC and isinstance(_without_brackets(node.arguments[0]), kinds.Name)


def _without_brackets(node: Node) -> Node:
    return node.body if isinstance(node, kinds.Group) else node
