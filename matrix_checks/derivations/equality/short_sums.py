"""Sums that end with their first term, though later ones hold their index, too; and sums that end with the brackets around them."""

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node


def with_short_sums(node: Node, free: set[str]) -> Node:
    """The same where a sum over one of the free indices ends with its first term: behind it the index is a free one."""
    node = node.rebuilt(lambda part: with_short_sums(part, free))
    terms = node.terms if isinstance(node, kinds.Add) else (node,)
    found: list[Node] = []
    for term in terms:
        inner = term.body if isinstance(term, kinds.Negative) else term
        if not isinstance(inner, kinds.Sum) or inner.index not in free or not isinstance(inner.body, kinds.Add):
            found.append(term)
            continue
        first, *rest = inner.body.terms
        short = [kinds.Sum(inner.index, inner.lower, inner.upper, inner.other, first), *rest]
        found += [kinds.Negative(each) for each in short] if term is not inner else short
    return node if len(found) == len(terms) else kinds.Add(tuple(found))


def with_long_sums(node: Node) -> Node:
    r"""The same where a sum that brackets begin with reaches to their end: ``(\sum_i x_i - \mu)`` may be the sum of the deviations."""
    node = node.rebuilt(with_long_sums)
    inside = node.body if isinstance(node, kinds.Group) else None
    first = inside.terms[0] if isinstance(inside, kinds.Add) else None
    if not isinstance(node, kinds.Group) or not isinstance(inside, kinds.Add) or not isinstance(first, kinds.Sum):
        return node
    body = kinds.Add((first.body, *inside.terms[1:]))
    return type(node)(kinds.Sum(first.index, first.lower, first.upper, first.other, body))
