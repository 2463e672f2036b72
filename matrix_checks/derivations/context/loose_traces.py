r"""What a name stands for where a trace without brackets around all of it is meant: ``\phi = \operatorname{tr}(X-F)^\top(X-F)``.

In an equality both readings are tried; a definition is read once, in the one that fits together.
"""

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.products import inside_trace, is_loose_trace


def as_it_fits(context: Context, node: Node) -> Node:
    """The expression with its traces of all that follows, where it has no value otherwise."""
    if (
        not any(isinstance(part, kinds.Product) and _is_loose(part) for part in node.everything)
        or context.shape_of(node) is not None
    ):
        return node
    whole = _with_whole_traces(node)
    return whole if context.shape_of(whole) is not None else node


def _is_loose(product: kinds.Product) -> bool:
    return is_loose_trace(list(product.factors[:2]), list(product.signs[:1]))


def _with_whole_traces(node: Node) -> Node:
    if isinstance(node, kinds.Product) and _is_loose(node):
        return kinds.Function("tr", (kinds.Product((inside_trace(node.factors[0]), *node.factors[1:]), node.signs),))
    return node.rebuilt(_with_whole_traces)
