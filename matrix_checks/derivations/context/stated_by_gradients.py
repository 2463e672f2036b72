r"""What a text says of a name only where it differentiates it: in ``\nabla_w L = \nabla_w \|Xw - y\|^2`` the ``L`` is that norm."""

from collections.abc import Iterable, Iterator

from matrix_checks.derivations.context.introductions import without_argument
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node


def stated_by_gradients(claims: Iterable[tuple[Node, Node]]) -> Iterator[tuple[Node, Node]]:
    """The names with what is differentiated in their places."""
    for side, right in claims:
        left = without_argument(side)
        if isinstance(left, kinds.Derivative) and _is_name(left.top):
            body = _differentiated(right, left.bottom)
            if body is not None and not isinstance(body, kinds.Name):
                yield left.top, body


def _is_name(node: Node) -> bool:
    r"""Whether it is a name, or ``\sigma^2``."""
    return isinstance(node.body if isinstance(node, kinds.Power) else without_argument(node), kinds.Name)


def _differentiated(node: Node, bottom: Node) -> Node | None:
    """What an expression is the gradient of, which may be a number times that; ``None`` where it is none by this variable."""
    factors = node.factors if isinstance(node, kinds.Product) else (kinds.bare(node),)
    place = next((place for place, factor in enumerate(factors) if isinstance(factor, kinds.Derivative)), len(factors))
    gradient, behind = factors[place : place + 1], factors[place + 1 :]
    if not gradient or not isinstance(gradient[0], kinds.Derivative) or gradient[0].bottom != bottom:
        return None
    if (behind and not isinstance(gradient[0], kinds.Nabla)) or any(bottom.names & factor.names for factor in factors[:place]):
        return None
    whole = (*factors[:place], kinds.Group(gradient[0].top), *behind)
    return kinds.Product(whole, ("",) * (len(whole) - 1)) if len(whole) > 1 else gradient[0].top
