"""Parts of a gradient, where ``dx`` is the name of one: ``dc_i^{(a)}`` is the one that comes on the way ``a``, and no differential."""

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node

LABEL = "_("


def with_parts_of_gradients(node: Node, known: frozenset[str]) -> Node:
    """The same where a ``d`` before a name with a label in brackets, which stands for nothing yet, is a part of that name."""
    if not isinstance(node, kinds.Differentiated):
        return node.rebuilt(lambda part: with_parts_of_gradients(part, known))
    whole = kinds.whole_of(node.body)
    if not isinstance(whole, kinds.Name) or LABEL not in whole.text or whole.text in known:
        return node
    name = kinds.Name(f"d{whole.text}")
    return kinds.Indexed(name, node.body.indices) if isinstance(node.body, kinds.Indexed) else name
