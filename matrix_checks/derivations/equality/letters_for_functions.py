"""Conventions of letters that are functions or operators in one text, and arrays in another: ``H(z)``, ``\\delta_{nj}``, ``\\partial_Y L W^\\top``."""

from collections.abc import Callable

from matrix_checks.derivations.equality.rewriting import Changes, Sides, letters_of_steps, loss_of, with_steps
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.memory import Memory

DELTA = "\\delta"
LOSSES = ("L", "J")


def _choices(sides: Sides, change: Callable[[Node], Node]) -> Changes:
    changed = change(sides[0]), change(sides[1])
    return (None,) if changed == sides else (None, lambda sides: (change(sides[0]), change(sides[1])))


def steps_by_letter(sides: Sides, views: tuple[View, ...], memory: Memory) -> Changes:
    """``H(z)`` is Heaviside's step beside a ReLU, where the letter stands for nothing else."""
    return _choices(sides, lambda node: with_steps(node, letters_of_steps(views)))


def own_deltas(sides: Sides, views: tuple[View, ...], memory: Memory) -> Changes:
    """``\\delta_{nj}`` may be an entry of the ``\\delta`` that the text defines, and no Kronecker delta."""
    if not any(DELTA in view.names for view in views):
        return (None,)

    def change(node: Node) -> Node:
        if isinstance(node, kinds.Function) and node.name == "delta" and len(node.arguments) == 2:
            return kinds.Indexed(kinds.Name(DELTA), node.arguments)
        return node.rebuilt(change)

    return _choices(sides, change)


def gradients_before_factors(sides: Sides, views: tuple[View, ...], memory: Memory) -> Changes:
    """``\\partial_Y L\\, W^\\top`` is the gradient of the loss, and a factor behind it: nobody differentiates a loss times a matrix."""
    loss = loss_of(views)
    if loss.text not in LOSSES:
        return (None,)

    def change(node: Node) -> Node:
        node = node.rebuilt(change)
        top = node.top if isinstance(node, kinds.Derivative) else None
        if not isinstance(node, kinds.Derivative) or not isinstance(top, kinds.Product) or top.factors[0] != loss:
            return node
        return kinds.Product((kinds.Derivative(loss, node.bottom), *top.factors[1:]), top.signs)

    return _choices(sides, change)
