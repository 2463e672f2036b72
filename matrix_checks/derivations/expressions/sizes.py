"""Sizes in brackets behind an expression, ``[N \\times M]``: a kind of brackets of its own, for they may be a remark on a shape."""

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.node import Node, expression

# What a shape consists of.
_PARTS = (kinds.Product, kinds.Name, kinds.Number, kinds.Group)


@expression
class Sizes(kinds.Group):
    """Letters and numbers in brackets, joined by a cross: a shape, or a product of numbers."""


def in_brackets(node: Node, is_crossed: bool) -> kinds.Group:
    """An expression in brackets, where it is known whether a cross stands in them."""
    return Sizes(node) if is_crossed and all(isinstance(part, _PARTS) for part in node.everything) else kinds.Group(node)


def without_remarks(node: Node, sizes: frozenset[str]) -> Node:
    """The same without the shapes behind its factors, where these letters are sizes."""
    node = node.rebuilt(lambda part: without_remarks(part, sizes))
    if not isinstance(node, kinds.Product):
        return node
    signs = ("", *node.signs)
    kept = [place for place, part in enumerate(node.factors) if not place or signs[place] or not _is_remark(part, sizes)]
    if len(kept) == len(node.factors) or all(node.factors[place].names <= sizes for place in kept):
        return node
    factors = tuple(node.factors[place] for place in kept)
    return kinds.Product(factors, tuple(signs[place] for place in kept[1:])) if len(factors) > 1 else factors[0]


def _is_remark(node: Node, sizes: frozenset[str]) -> bool:
    """Whether all letters are those of sizes; where one is, another capital letter may stand for an array elsewhere."""
    others = node.names - sizes
    return isinstance(node, Sizes) and (not others or (len(others) < len(node.names) and all(map(str.isupper, others))))
