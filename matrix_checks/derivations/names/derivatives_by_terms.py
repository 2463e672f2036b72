r"""Derivatives by a term of what a layer gives: a sum passes its gradient on, and ``\frac{\partial L}{\partial (XW)}`` is the one by ``Y``."""

from collections.abc import Iterator

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node, bare
from matrix_checks.derivations.names.exercise_names import in_own_names
from matrix_checks.derivations.values.exercise import View


def with_derivatives_by_terms(node: Node, views: tuple[View, ...]) -> Node:
    """The expression with derivatives by the outputs in the place of those by a product that is a term of one."""

    def change(part: Node) -> Node:
        part = part.rebuilt(change)
        if not isinstance(part, kinds.Derivative) or not isinstance(bare(part.bottom), kinds.Product):
            return part
        output = next(_outputs(bare(part.bottom), views), None)
        return kinds.Derivative(part.top, output) if output is not None else part

    return change(node)


def _outputs(product: Node, views: tuple[View, ...]) -> Iterator[Node]:
    """The names of which a product is a term, and of which no other term has its letters."""
    for view in views:
        wanted = _side_by_side(in_own_names(product, view))
        for name, definitions in view.definitions.items():
            body = bare(definitions[0].body)
            terms = [_side_by_side(bare(term)) for term in body.terms] if isinstance(body, kinds.Add) else []
            others = frozenset[str]().union(*(term.names for term in terms if term != wanted))
            if wanted in terms and others.isdisjoint(wanted.names):
                yield kinds.Name(name)


def _side_by_side(node: Node) -> Node:
    """A product without dots between its factors."""
    if isinstance(node, kinds.Product) and set(node.signs) <= {"", "*"}:
        return kinds.Product(node.factors, ("",) * len(node.signs))
    return node
