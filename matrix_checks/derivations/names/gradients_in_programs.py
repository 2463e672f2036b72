"""Gradients as programs and texts in rows have them: ``dy`` for the gradient by ``y``, and each gradient as a row."""

from matrix_checks.derivations.expressions import kinds


def is_differential_of(node: kinds.Node, bottom: kinds.Node) -> bool:
    """Whether an expression is the differential of what a derivative is taken by."""
    body = kinds.whole_of(node)
    return isinstance(body, kinds.Differentiated) and kinds.bare(body.body).names == bottom.names != frozenset()


def with_rows(node: kinds.Node) -> kinds.Node:
    """The same expression with each gradient as a row."""
    if isinstance(node, kinds.Derivative):
        return node if isinstance(node.bottom, kinds.Indexed) else kinds.Transposed(node)
    return node.rebuilt(with_rows)


def names_gradient(left: kinds.Node, right: kinds.Node) -> bool:
    """Whether ``\\frac{\\partial L}{\\partial y} = dy`` gives a gradient its name, as in programs; it may be a factor of a chain rule."""
    for one, other in ((left, right), (right, left)):
        derivatives = one.factors if isinstance(one, kinds.Product) else (one,)
        if any(isinstance(each, kinds.Derivative) and is_differential_of(other, each.bottom) for each in derivatives):
            return True
    return False
