r"""A gradient of which nobody says by what.

Beside letters that nobody declared, ``\nabla(x^\top Q x)`` is by the variable in it. That of a variable, ``\text{grad} W``, is by this variable, and that of
a function of the text's own by its argument.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from matrix_checks.derivations.equality.rewriting import loss_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Name, Node
from matrix_checks.derivations.values.exercise import View

UNNAMED = Name("")


def with_variables_named(node: Node, views: tuple[View, ...], known: Collection[str], functions: Mapping[str, str]) -> Node:
    """The same where a gradient has the only variable of the exercise below it that stands in it; letters of the text's own are constants."""
    node = node.rebuilt(lambda part: with_variables_named(part, views, known, functions))
    if not isinstance(node, kinds.Derivative) or node.bottom != UNNAMED:
        return node
    whole = kinds.whole_of(node.top)
    if isinstance(node, kinds.Nabla) and isinstance(whole, Name):
        if any(view.aliases.get(whole.text, whole.text) in view.variables for view in views):
            return kinds.Derivative(loss_of(views), node.top)
        node = kinds.Derivative(node.top, node.bottom)
    if isinstance(node.top, Name) and node.top.text in functions and node.top.text in known:
        return replace(node, bottom=Name(functions[node.top.text]))
    if node.top.names <= {*known, ""}:
        return node
    variables = {name for name in node.top.names for view in views if name in view.variables}
    return replace(node, bottom=Name(variables.pop())) if len(variables) == 1 else node
