"""An expression in the exercise's own names: the question that a member of a chain asks is known by them."""

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.values.exercise import View


def in_own_names(node: kinds.Node, view: View) -> kinds.Node:
    """The same expression in the exercise's own names; a quantity that is a derivative by definition is that derivative."""
    if isinstance(node, kinds.Name):
        text = view.aliases.get(node.text, node.text)
        defined = view.definitions.get(text, ())
        if defined and isinstance(defined[0].body, kinds.Derivative):
            return in_own_names(defined[0].body, view)
        return kinds.Name(text)
    if isinstance(node, kinds.Group):
        return in_own_names(node.body, view)
    if isinstance(node, kinds.Product) and len(node.factors) == 2 and _is_argument(node.factors[1]):
        function = in_own_names(node.factors[0], view)
        # The y of y(x), and the gradient at a place: \nabla f(x).
        if isinstance(function, kinds.Derivative) or (isinstance(function, kinds.Name) and function.text in view.definitions):
            return function
    if isinstance(node, kinds.Indexed):
        return kinds.Indexed(in_own_names(node.body, view), tuple(kinds.Name("index") for _ in node.indices))
    return node.rebuilt(lambda part: in_own_names(part, view))


def _is_argument(node: kinds.Node) -> bool:
    return isinstance(node, kinds.Group) and isinstance(node.body, kinds.Name)
