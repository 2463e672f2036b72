"""Whether an expression may be what a name stands for: it fits together somewhere, and is no number that is the same for any arrays."""

from decimal import Decimal

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.equality.sides import usual_value
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.jets import ShapeError
from matrix_checks.derivations.values.sample import Unknown

# As far as values of sums may be apart that are the same number.
CLOSE = Decimal("1e-9")


def is_count(context: Context, node: Node) -> bool:
    """Whether a sum is the same number whatever the exercise's arrays are: nobody gives one a name, but may claim what it is."""
    if not isinstance(node, kinds.Sum):
        return False
    if isinstance(node.body, kinds.Function) and node.body.name == "delta":
        return True
    for view in context.views:
        try:
            first, second = (usual_value(context.setting(), view, node, number) for number in range(2))
        except (ValueError, ArithmeticError):
            continue
        return first.is_scalar and bool(abs(first.value - second.value).max() < CLOSE)
    return False


def fits_nowhere(context: Context, node: Node) -> bool:
    """Whether an expression, as it is usually read, cannot be multiplied or added in any view that knows what is in it."""
    is_misfit = False
    for view in context.views:
        try:
            usual_value(context.setting(), view, node)
        except ShapeError:
            is_misfit = True
        except Unknown:
            continue
        except (ValueError, ArithmeticError):
            return False
        else:
            return False
    return is_misfit
