"""What a text sets the ``J_x`` of the exercise's own number, or the ``J`` of a layer, equal to: nobody means another Jacobian by that name."""

import re
from collections.abc import Callable, Iterator

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.given_values import is_variable
from matrix_checks.derivations.equality.interpretations import OF_ANY_SIZE
from matrix_checks.derivations.equality.rewriting import loss_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node

OUTPUT = "y"
# Of a layer there is only one, of the output by the input.
_OF_LAYER = re.compile(r"J|Jac(?:obian)?|J[a-z]")


def is_other_jacobian(context: Context, name: str, right: Node, holds: Callable[[Node, Node], bool]) -> bool:
    """Whether a ``J_x`` is set equal to what has the shape of the derivative by ``x``, and is not that of the number or output, in any layout.

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
    is_of_layer = any(view.elementwise for view in context.views)
    if is_of_layer and _OF_LAYER.fullmatch(name):
        letter, variable = "J", next(_columns(context), "")
    known = {each for view in context.views for each in (view.origin or view).names} | OF_ANY_SIZE
    if letter != "J" or not is_variable(context, variable) or number.text == letter or not right.names <= known:
        return False
    shape, wanted = context.shape_of(right), context.shape_of(kinds.Name(variable))
    if shape is None or wanted is None:
        return False
    of = kinds.Name(OUTPUT) if is_of_layer else number
    is_alike = shape == (wanted[0], wanted[0]) and "1" in wanted if is_of_layer else sorted(shape) == sorted(wanted)
    jacobian = kinds.Derivative(of, kinds.Name(variable))
    return is_alike and not holds(jacobian, right) and not holds(kinds.Transposed(jacobian), right)


def _columns(context: Context) -> Iterator[str]:
    """The columns that the output depends on."""
    for view in context.views:
        if OUTPUT in view.definitions:
            yield from (
                name
                for name in sorted(view.behind(OUTPUT))
                if view.variables.get(name, ("", ""))[1] == "1" != view.variables[name][0]
            )
