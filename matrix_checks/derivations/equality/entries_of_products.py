"""An index behind a product of matrices, ``AB_{ii}``, may be meant of the whole product."""

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import View


def with_entries_of_products(node: Node, views: tuple[View, ...]) -> Node:
    """The same where ``AB_{ii}`` is an entry of the product, and not of its last factor."""
    arrays = {name for view in views for name, shape in view.variables.items() if shape != ("1", "1")}
    arrays |= {name for view in views for name in view.definitions if name.isupper()}

    def change(node: Node) -> Node:
        return _with_products_indexed(node.rebuilt(change), arrays)

    return change(node)


def _with_products_indexed(node: Node, arrays: set[str]) -> Node:
    if not isinstance(node, kinds.Product):
        return node
    factors: list[Node] = []
    signs: list[str] = []
    # Where the matrices begin that the next index may be meant of.
    start = 0
    for place, factor in enumerate(node.factors):
        sign = node.signs[place - 1] if place else ""
        inside = kinds.whole_of(factor)
        name = inside.body if isinstance(inside, kinds.Transposed) else inside
        if sign:
            start = len(factors)
        if not isinstance(name, kinds.Name) or name.text not in arrays:
            start = len(factors) + 1
        elif isinstance(factor, kinds.Indexed):
            if start < len(factors):
                matrices = (*factors[start:], inside)
                whole = kinds.Group(kinds.Product(matrices, ("",) * (len(matrices) - 1)))
                factor, sign = kinds.Indexed(whole, factor.indices), signs[start - 1] if start else ""
                del factors[start:], signs[max(start - 1, 0) :]
            start = len(factors) + 1
        signs += [sign] if factors else []
        factors.append(factor)
    return factors[0] if len(factors) == 1 else kinds.Product(tuple(factors), tuple(signs))
