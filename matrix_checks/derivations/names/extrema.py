r"""Where two expressions are least at the same place: their gradients are one a positive multiple of the other.

``\arg\min_w \|Xw - y\|^2 = \arg\min_w (w^\top X^\top X w - 2 w^\top X^\top y)`` leaves out a constant.
"""

from fractions import Fraction

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.reading.extrema import LARGEST, LEAST

FACTORS = tuple(map(Fraction, ("1", "2", "1/2")))
Sides = tuple[Node, Node]


def is_extremum(node: Node) -> bool:
    """Whether an expression is the place where something is least, or largest."""
    return isinstance(node, kinds.Function) and node.name in (LEAST, LARGEST)


def as_gradients(left: Node, right: Node) -> list[Sides]:
    """The equalities of gradients, of which one holds where two places are the same; none where these are no such places, or by other variables."""
    if not (is_extremum(left) and is_extremum(right)):
        return []
    assert isinstance(left, kinds.Function) and isinstance(right, kinds.Function)
    (ours, variable), (theirs, other) = left.arguments, right.arguments
    if variable != other:
        return []
    sign = 1 if left.name == right.name else -1
    gradients = (kinds.Derivative(kinds.Group(body), variable) for body in (ours, theirs))
    one, two = gradients
    return [(one, kinds.Product((kinds.Number(sign * factor), two), ("",))) for factor in FACTORS]
