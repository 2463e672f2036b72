r"""What a name stands for, in the reading that fits together.

A trace without brackets may be one of all that follows: ``\phi = \operatorname{tr}(X-F)^\top(X-F)``; and a bias may be a row: ``t = \mathbf 1 b``.
In an equality all readings are tried; a definition is read once.
"""

from itertools import pairwise

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.equality.fitted_numbers import upstream_names
from matrix_checks.derivations.equality.rewriting import biases_among
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import NUMBER
from matrix_checks.derivations.values.products import inside_trace, is_loose_trace
from matrix_checks.derivations.values.units import ONES


def as_it_fits(context: Context, node: Node) -> Node:
    """The expression with its traces of all that follows, or its biases as rows, where it has no value otherwise."""
    biases = biases_among(node.names, context.views)
    if biases and ONES in node.everything:
        node = _with_copies(node, biases, _objects(context))
    if (
        not any(isinstance(part, kinds.Product) and _is_loose(part) for part in node.everything)
        or context.shape_of(node) is not None
    ):
        return node
    whole = _with_whole_traces(node)
    return whole if context.shape_of(whole) is not None else node


def _with_copies(node: Node, biases: frozenset[str], size: str) -> Node:
    """The same where a column of ones before a bias, which is a row then, has as many as there are objects."""
    if not isinstance(node, kinds.Product):
        return node.rebuilt(lambda part: _with_copies(part, biases, size))
    factors = list(node.factors)
    for place, (ones, bias) in enumerate(pairwise(node.factors)):
        name = bias.body if isinstance(bias, kinds.Transposed) else bias
        if kinds.whole_of(ones) == ONES and isinstance(name, kinds.Name) and name.text in biases:
            factors[place] = kinds.Indexed(ONES, (kinds.Name(size),)) if ones == ONES and size else ones
            factors[place + 1] = kinds.Transposed(name)
    return kinds.Product(tuple(factors), node.signs)


def _objects(context: Context) -> str:
    """The letter for how many objects there are: the rows of the gradient that comes in; empty where the exercise has none."""
    shapes = (view.variables[name] for view in context.views for name in sorted(upstream_names((view,)) & view.variables.keys()))
    return next((rows for rows, columns in shapes if NUMBER[0] not in (rows, columns)), "")


def _is_loose(product: kinds.Product) -> bool:
    return is_loose_trace(list(product.factors[:2]), list(product.signs[:1]))


def _with_whole_traces(node: Node) -> Node:
    if isinstance(node, kinds.Product) and _is_loose(node):
        return kinds.Function("tr", (kinds.Product((inside_trace(node.factors[0]), *node.factors[1:]), node.signs),))
    return node.rebuilt(_with_whole_traces)
