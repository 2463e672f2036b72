r"""The product rule with marks: in ``d(\underline{x}^\top x) + d(x^\top \underline{x})`` each term holds another factor fixed.

Colours, bold letters and lines below letters say which one, and all terms are read alike. Nobody adds a derivative to itself: as many equal
ones as there are places for the variable are the derivative.
"""

from collections import Counter
from collections.abc import Iterator

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node, bare

DERIVED = (kinds.Derivative, kinds.Differentiated)


def without_marks(node: Node) -> Node:
    """The expression with one derivative in the place of the terms of a product rule that look the same; itself where there are none."""
    if kinds.Add not in node.kinds or node.kinds.isdisjoint(DERIVED):
        return node
    if not isinstance(node, kinds.Add):
        return node.rebuilt(without_marks)
    counts = Counter(term for term in node.terms if isinstance(bare(term), DERIVED))
    whole = {term for term, count in counts.items() if count > 1 and count in set(_places(bare(term)))}
    terms = tuple(dict.fromkeys(term for term in node.terms if term in whole)) + tuple(
        term for term in node.terms if term not in whole
    )
    return node if not whole else terms[0] if len(terms) == 1 else kinds.Add(terms)


def _places(derived: Node) -> Iterator[int]:
    """In how many places of a product what varies may stand: all of its names, or one of them."""
    inside = derived.top if isinstance(derived, kinds.Derivative) else derived
    names = Counter(part.text for part in inside.everything if isinstance(part, kinds.Name))
    if isinstance(derived, kinds.Derivative) and derived.bottom != kinds.Name(""):
        yield sum(names[name] for name in derived.bottom.names)
        return
    yield names.total()
    yield from names.values()
