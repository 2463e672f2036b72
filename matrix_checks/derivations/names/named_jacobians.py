"""Jacobians by their usual names: ``J_x(s)``, ``J_x s``, ``J_{xs}`` and ``J_s(x)`` are the derivative of ``s`` by ``x``, where ``s`` depends on ``x``."""

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node, bare
from matrix_checks.derivations.names.entries_of_functions import depends
from matrix_checks.derivations.values.exercise import View

JACOBIAN = "J"


def with_jacobians(node: Node, views: tuple[View, ...]) -> Node:
    """The same with derivatives in the place of Jacobians that are named so."""
    if JACOBIAN not in node.texts and not any(text.startswith(f"{JACOBIAN}_") for text in node.texts):
        return node

    def change(node: Node) -> Node:
        node = node.rebuilt(change)
        if isinstance(node, kinds.Indexed) and node.body == kinds.Name(JACOBIAN):
            return _of_both_below(node, views)
        return _changed(node, views) if isinstance(node, kinds.Product) else node

    return change(node)


def _changed(node: kinds.Product, views: tuple[View, ...]) -> Node:
    factors, signs = list(node.factors), list(node.signs)
    for place in reversed(range(len(signs))):
        below, behind = _letter_below(factors[place]), factors[place + 1]
        # J_s(x)_{ij} is an entry of the Jacobian.
        called = behind.body if isinstance(behind, kinds.Indexed) and isinstance(behind.body, kinds.Group) else behind
        beside, is_called = bare(called), isinstance(called, kinds.Group)
        if signs[place] or not below or not isinstance(beside, kinds.Name):
            continue
        # A name J_x of the text's own stands for what the text says.
        if (is_called or isinstance(factors[place], kinds.Indexed)) and depends(views, beside.text, below):
            found: Node = kinds.Derivative(beside, kinds.Name(below))
        elif is_called and depends(views, below, beside.text):
            found = kinds.Derivative(kinds.Name(below), beside)
        else:
            continue
        if isinstance(behind, kinds.Indexed) and called is not behind:
            found = kinds.Indexed(kinds.Group(found), behind.indices)
        factors[place : place + 2] = [found]
        del signs[place]
    if len(signs) == len(node.signs):
        return node
    return kinds.Product(tuple(factors), tuple(signs)) if signs else factors[0]


def _of_both_below(node: kinds.Indexed, views: tuple[View, ...]) -> Node:
    """``J_{xs}``, or ``J_{sx}``, of two names of which one depends on the other; anything else as it is."""
    names = [index.text for index in node.indices if isinstance(index, kinds.Name)]
    if len(names) == len(node.indices) == 2:
        for function, variable in (names, names[::-1]):
            if depends(views, function, variable):
                return kinds.Derivative(kinds.Name(function), kinds.Name(variable))
    return node


def _letter_below(node: Node) -> str:
    """The ``x`` of ``J_x``, or the ``f`` of ``J_f(x)``; empty for anything else."""
    if isinstance(node, kinds.Name):
        letter, _, below = node.text.partition("_")
        return below if letter == JACOBIAN else ""
    if isinstance(node, kinds.Indexed) and node.body == kinds.Name(JACOBIAN) and len(node.indices) == 1:
        index = node.indices[0]
        return index.text if isinstance(index, kinds.Name) else ""
    return ""
