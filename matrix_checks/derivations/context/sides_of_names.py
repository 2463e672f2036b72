"""Whether an expression may be what a name stands for: it fits together somewhere, and is no number that is the same for any arrays."""

from decimal import Decimal

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.equality.sides import usual_value
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.jets import ShapeError
from matrix_checks.derivations.values.sample import Unknown

# What layers call their errors.
DELTA = "\\delta"
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


def is_product_of_known(context: Context, left: Node, right: Node) -> bool:
    r"""Whether a name is defined by a product of what the exercise has: ``b = c A``, or of layers ``\delta_1 = W_2^\top \delta_2``.

    The layout of a layer is that in which a text states it; an error behind it does not say another one.
    """
    is_layer = any(view.elementwise for view in context.views)
    is_error = isinstance(left, kinds.Name) and left.text.startswith(DELTA)
    known = {name for view in context.views for name in (view.origin or view).names}
    are_known = all(name in known or name.startswith(DELTA) for name in right.names)
    return isinstance(left, kinds.Name) and isinstance(right, kinds.Product) and are_known and (is_error or not is_layer)
