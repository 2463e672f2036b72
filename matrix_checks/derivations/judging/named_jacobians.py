"""Jacobians by their usual name: ``J_x(s)`` is the derivative of ``s`` by ``x``, where ``s`` depends on ``x``."""

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node, bare
from matrix_checks.derivations.judging.entries_of_functions import depends
from matrix_checks.derivations.values.exercise import View

JACOBIAN = "J"


def with_jacobians(node: Node, views: tuple[View, ...]) -> Node:
    """The same with derivatives in the place of Jacobians that are named so."""
    if kinds.Product not in node.kinds or not any(isinstance(part, kinds.Group) for part in node.everything):
        return node

    def change(node: Node) -> Node:
        node = node.rebuilt(change)
        return _changed(node, views) if isinstance(node, kinds.Product) else node

    return change(node)


def _changed(node: kinds.Product, views: tuple[View, ...]) -> Node:
    factors, signs = list(node.factors), list(node.signs)
    for place in reversed(range(len(signs))):
        variable, function = _variable_below(factors[place]), bare(factors[place + 1])
        is_called = not signs[place] and isinstance(factors[place + 1], kinds.Group) and isinstance(function, kinds.Name)
        if is_called and variable and isinstance(function, kinds.Name) and depends(views, function.text, variable):
            factors[place : place + 2] = [kinds.Derivative(function, kinds.Name(variable))]
            del signs[place]
    if len(signs) == len(node.signs):
        return node
    return kinds.Product(tuple(factors), tuple(signs)) if signs else factors[0]


def _variable_below(node: Node) -> str:
    """The ``x`` of ``J_x``; empty for anything else."""
    if isinstance(node, kinds.Name):
        letter, _, below = node.text.partition("_")
        return below if letter == JACOBIAN else ""
    if isinstance(node, kinds.Indexed) and node.body == kinds.Name(JACOBIAN) and len(node.indices) == 1:
        index = node.indices[0]
        return index.text if isinstance(index, kinds.Name) else ""
    return ""
