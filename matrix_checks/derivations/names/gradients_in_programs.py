"""Gradients as programs and texts in rows have them: ``dy`` for the gradient by ``y``, and each gradient as a row."""

from collections.abc import Iterator, Sequence, Set

from matrix_checks.derivations.equality.fitted_numbers import upstream_names
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.values.exercise import View


def is_differential_of(node: kinds.Node, bottom: kinds.Node) -> bool:
    """Whether an expression is the differential of what a derivative is taken by."""
    body = kinds.whole_of(node)
    return isinstance(body, kinds.Differentiated) and kinds.bare(body.body).names == bottom.names != frozenset()


def with_rows(node: kinds.Node, names: Set[str] = frozenset()) -> kinds.Node:
    """The same expression with each gradient as a row, also where one of these names stands for it."""
    if isinstance(node, kinds.Derivative):
        return node if isinstance(node.bottom, kinds.Indexed) else kinds.Transposed(node)
    if isinstance(node, kinds.Name) and node.text in names:
        return kinds.Transposed(node)
    inside = frozenset[str]() if isinstance(node, kinds.Indexed) else names
    return node.rebuilt(lambda part: with_rows(part, inside))


def in_rows(left: kinds.Node, right: kinds.Node, views: Sequence[View]) -> Iterator[tuple[kinds.Node, kinds.Node]]:
    r"""Both sides with each gradient as a row, and then also where a name stands for it: ``\frac{\partial J}{\partial x} = \delta W``.

    Nothing where that changes nothing.
    """
    incoming = upstream_names(views)
    gradients = {
        name
        for view in views
        for name in left.names | right.names
        if view.aliases.get(name, name) in incoming
        or any(isinstance(each.body, kinds.Derivative) for each in view.definitions.get(name, ())[:1])
    }
    for names in (set[str](), gradients):
        sides = with_rows(left, names), with_rows(right, names)
        if sides != (left, right):
            yield sides


def names_gradient(left: kinds.Node, right: kinds.Node) -> bool:
    """Whether ``\\frac{\\partial L}{\\partial y} = dy`` gives a gradient its name, as in programs; it may be a factor of a chain rule."""
    for one, other in ((left, right), (right, left)):
        derivatives = one.factors if isinstance(one, kinds.Product) else (one,)
        if any(isinstance(each, kinds.Derivative) and is_differential_of(other, each.bottom) for each in derivatives):
            return True
    return False
