"""Equalities that say nothing: both sides are multiples of one and the same thing, as in ``x = x`` and ``2y - y = y``."""

from matrix_checks.derivations.expressions import kinds


def is_trivial(left: kinds.Node, right: kinds.Node) -> bool:
    """Whether an equality says nothing that a derivation needs."""
    if left == right:
        return True
    ours, theirs = _things(left), _things(right)
    return ours is not None and ours == theirs and len(ours) <= 1


def _things(node: kinds.Node) -> frozenset[kinds.Node] | None:
    """What an expression is a sum of multiples of; ``None`` where it is no such sum."""
    if isinstance(node, kinds.Number):
        return frozenset()
    if isinstance(node, (kinds.Group, kinds.Negative, kinds.Transposed)):
        return _things(node.body)
    if isinstance(node, kinds.Add):
        parts = [_things(term) for term in node.terms]
        return None if any(part is None for part in parts) else frozenset().union(*(part for part in parts if part is not None))
    if isinstance(node, kinds.Product):
        factors = [factor for factor in node.factors if not isinstance(factor, kinds.Number)]
        return _things(factors[0]) if len(factors) == 1 else None
    if isinstance(node, kinds.Quotient):
        return _things(node.top) if isinstance(node.bottom, kinds.Number) else None
    return frozenset((node,))
