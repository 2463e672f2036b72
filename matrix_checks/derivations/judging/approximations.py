r"""What an approximation of numbers is good for: ``-3.96 \approx -4`` is right where the one is the other, rounded."""

from decimal import Decimal

import numpy as np

from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.judging.context import Context
from matrix_checks.derivations.judging.sides import make_numbers
from matrix_checks.derivations.values.evaluate import Evaluator
from matrix_checks.derivations.values.interpretation import Interpretation

# Of the larger number: whoever writes 2.01 for 2 has said enough.
NEARLY = Decimal("0.02")


def are_nearly_equal(context: Context, left: Node, right: Node) -> bool:
    """Whether two sides without names have nearly the same value, entry by entry."""
    if left.names or right.names:
        return False
    one, other = (_value(context, side) for side in (left, right))
    if one is None or other is None or one.shape != other.shape:
        return False
    return all(abs(a - b) <= NEARLY * max(abs(a), abs(b)) for a, b in zip(one.flat, other.flat))


def _value(context: Context, node: Node) -> np.ndarray | None:
    view = context.views[0]
    try:
        return Evaluator(make_numbers(context.setting(), view, 0).draw, Interpretation()).value(node).value
    except (ValueError, ArithmeticError):
        return None
