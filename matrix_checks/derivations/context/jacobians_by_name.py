"""What a text sets the ``J_x`` of the exercise's own number equal to: nobody means another Jacobian by that name."""

from collections.abc import Callable

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.given_values import is_variable
from matrix_checks.derivations.equality.rewriting import loss_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node


def is_other_jacobian(context: Context, name: str, right: Node, holds: Callable[[Node, Node], bool]) -> bool:
    """Whether a ``J_x`` is set equal to what has the shape of a gradient by ``x``, and is not that of the number, in any layout.

    Parameters
    ----------
    context
        What the text said so far; of a number of its own nothing is known.
    name, right
        The name, and what it is set equal to.
    holds
        Whether ``left = right`` holds.
    """
    letter, _, variable = name.partition("_")
    number = loss_of(context.views)
    is_of_exercise = right.names <= {each for view in context.views for each in view.variables} | {number.text}
    if letter != "J" or not is_variable(context, variable) or number.text == letter or not is_of_exercise:
        return False
    shape, wanted = context.shape_of(right), context.shape_of(kinds.Name(variable))
    gradient = kinds.Derivative(number, kinds.Name(variable))
    is_alike = shape is not None and wanted is not None and sorted(shape) == sorted(wanted)
    return is_alike and not holds(gradient, right) and not holds(kinds.Transposed(gradient), right)
