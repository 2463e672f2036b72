r"""Gradients that a text recalls for any letters: ``\nabla_x(x^\top A x) = (A + A^\top)x``, where the exercise has these letters for other shapes."""

from dataclasses import replace
from itertools import pairwise

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.sides_of_names import fits_nowhere
from matrix_checks.derivations.equality.attempts import verdict_in_view
from matrix_checks.derivations.equality.lemmas import holds_as_rule
from matrix_checks.derivations.equality.verdicts import HOLDS, OTHER_LAYOUT, Equality
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node, bare
from matrix_checks.derivations.values.exercise import View

AS_GENERAL_RULE = "as a general rule"


def as_general_gradient(context: Context, left: Node, right: Node) -> str | None:
    """The verdict where an equality says of a number made of variables what its gradient is, and these have any shapes that fit.

    It holds, or is right in the other layout; ``None`` where it is neither, or says something else.
    What the exercise defines, such as a loss, is the exercise's; and the derivative of an array is a Jacobian, which depends on the
    shapes, unless the array is none of the exercise's, as ``W x`` is none where objects are rows.
    """
    derivatives = [part for side in (left, right) for part in side.everything if isinstance(part, kinds.Derivative)]
    variables = {name for view in context.views for name in view.variables}
    names = left.names | right.names
    if not derivatives or derivatives[0] is not bare(left) or not names <= variables:
        return None
    tops = [bare(part.top) for part in derivatives]
    if any(isinstance(top, kinds.Name) for top in tops) or not all(
        isinstance(bare(part.bottom), kinds.Name) for part in derivatives
    ):
        return None
    bodies = [found[0].body for view in context.views for found in (view.origin or view).definitions.values()]
    if _pairs(tops) & _pairs(bodies):
        # Whoever writes tr(AS) with the exercise's AS speaks of that.
        return None
    # A number is its own trace.
    numbers = [Equality(top, kinds.Function("tr", (top,))) for top in tops]
    # What cannot be multiplied in the exercise is no Jacobian of anything in it.
    are_strange = all(fits_nowhere(context, top) for top in tops)
    in_columns = context.setting(tuple(map(_with_columns, context.views)))
    for setting in (context.setting(), in_columns):
        is_rule = are_strange and setting is in_columns
        if is_rule or all(holds_as_rule(setting, each, verdict_in_view, about_any=True) for each in numbers):
            for verdict, side in ((HOLDS, right), (OTHER_LAYOUT, kinds.Transposed(kinds.Group(right)))):
                if holds_as_rule(setting, Equality(left, side), verdict_in_view, about_any=True):
                    return verdict
    return None


def _pairs(nodes: list[Node]) -> set[tuple[Node, Node]]:
    """The letters that stand side by side in products."""
    products = (part for node in nodes for part in node.everything if isinstance(part, kinds.Product))
    pairs = (pair for part in products for pair in pairwise(part.factors))
    return {(one, other) for one, other in pairs if isinstance(one, kinds.Name) and isinstance(other, kinds.Name)}


def _with_columns(view: View) -> View:
    """The view where small letters are columns, as they are in such a rule."""
    variables = {
        name: (shape[1], "1") if name.islower() and len(name) == 1 and "1" not in shape else shape
        for name, shape in view.variables.items()
    }
    return replace(view, variables=variables, definitions={}, origin=view.origin or view)
