"""Sums that end with their first term, though later ones hold their index, too."""

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
