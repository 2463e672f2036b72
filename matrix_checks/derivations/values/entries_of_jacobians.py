r"""Entries of a Jacobian with an index for each of what is differentiated and of what it is differentiated by.

``\\left(\\frac{dF}{dS}\\right)_{ijkl}`` is ``\\frac{dF_{ij}}{dS_{kl}}``.
"""

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import bare
from matrix_checks.derivations.values.evaluation import Evaluation


def entry_of_jacobian(evaluation: Evaluation, node: kinds.Indexed) -> kinds.Derivative | None:
    """The derivative of an entry by an entry; ``None`` where the indices are as many as an array here has, or do not fit."""
    inside = bare(node.body)
    if len(node.indices) < 3 or not isinstance(inside, kinds.Derivative) or inside.bottom == kinds.Name(""):
        return None
    count = _indices_of(evaluation, inside.top)
    if count + _indices_of(evaluation, inside.bottom) != len(node.indices):
        return None
    return kinds.Derivative(kinds.Indexed(inside.top, node.indices[:count]), kinds.Indexed(inside.bottom, node.indices[count:]))


def _indices_of(evaluation: Evaluation, node: kinds.Node) -> int:
    """How many indices an array has."""
    return sum(size != 1 for size in evaluation.within().without_entry().value(node).shape)
