r"""A gradient of which nobody says by what, beside letters that nobody declared: ``\nabla(x^\top Q x)`` is by the variable in it."""

from collections.abc import Collection
from dataclasses import replace

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Name, Node
from matrix_checks.derivations.values.exercise import View

UNNAMED = Name("")


def with_variables_named(node: Node, views: tuple[View, ...], known: Collection[str]) -> Node:
    """The same where a gradient has the only variable of the exercise below it that stands in it; letters of the text's own are constants."""
    node = node.rebuilt(lambda part: with_variables_named(part, views, known))
    if not isinstance(node, kinds.Derivative) or node.bottom != UNNAMED or node.top.names <= {*known, ""}:
        return node
    variables = {name for name in node.top.names for view in views if name in view.variables}
    return replace(node, bottom=Name(variables.pop())) if len(variables) == 1 else node
