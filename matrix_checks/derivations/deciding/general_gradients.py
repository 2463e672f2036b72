r"""Gradients that a text recalls for any letters: ``\nabla_x(x^\top A x) = (A + A^\top)x``, where the exercise has these letters for other shapes."""

from collections.abc import Set
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
MAY_BE_RULE = ", and may be a general rule"


def as_general_gradient(context: Context, left: Node, right: Node) -> str | None:
    """The verdict where an equality says of a number made of variables what its gradient is, and these have any shapes that fit.

    It holds, or is right in the other layout; ``None`` where it is neither, or says something else.
    What the exercise defines, such as a loss, is the exercise's; and the derivative of an array is a Jacobian, which depends on the
    shapes, unless the array is none of the exercise's, as ``W x`` is none where objects are rows.
    """
    derivatives = _derivatives(context, left, right)
    if not derivatives:
        return None
    tops = [bare(part.top) for part in derivatives]
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


def is_of_row(left: Node, right: Node) -> bool:
    r"""Whether what is differentiated is a row times the variable, both in small letters: ``\frac{d(ax)}{dx} = a^\top`` is the gradient of a number."""
    derivative, transposed = bare(left), right
    top = bare(derivative.top) if isinstance(derivative, kinds.Derivative) else None
    if (
        not isinstance(derivative, kinds.Derivative)
        or not isinstance(top, kinds.Product)
        or not isinstance(transposed, kinds.Transposed)
    ):
        return False
    row, *behind = top.factors
    are_small = all(name.lstrip("\\")[:1].islower() for name in top.names)
    return are_small and isinstance(row, kinds.Name) and row == bare(transposed) and behind == [derivative.bottom]


def may_be_of_columns(context: Context, left: Node, right: Node) -> str:
    r"""Whether an equality is true where what it differentiates by is a column: ``\frac{\partial X^\top A X}{\partial X} = (A + A^\top)X``.

    Tables of rules have capital letters for vectors, too.
    """
    by = {name for part in _derivatives(context, left, right) for name in part.bottom.names if name.isupper()}
    if not by:
        return ""
    setting = context.setting(tuple(_with_columns(view, by) for view in context.views))
    turned = kinds.Transposed(kinds.Group(right))
    is_rule = any(holds_as_rule(setting, Equality(left, side), verdict_in_view, about_any=True) for side in (right, turned))
    return f"it is true where {' and '.join(sorted(by))} is a column{MAY_BE_RULE}" if is_rule else ""


def _derivatives(context: Context, left: Node, right: Node) -> list[kinds.Derivative]:
    """The derivatives of an equality that begins with one, all of expressions in variables that are not those of the exercise; none otherwise."""
    derivatives = [part for side in (left, right) for part in side.everything if isinstance(part, kinds.Derivative)]
    variables = {name for view in context.views for name in view.variables}
    if not derivatives or derivatives[0] is not bare(left) or not left.names | right.names <= variables:
        return []
    tops = [bare(part.top) for part in derivatives]
    are_explicit = not any(isinstance(top, kinds.Name) for top in tops)
    bodies = [found[0].body for view in context.views for found in (view.origin or view).definitions.values()]
    # Whoever writes tr(AS) with the exercise's AS speaks of that.
    are_others = not _pairs(tops) & _pairs(bodies)
    by_names = all(isinstance(bare(part.bottom), kinds.Name) for part in derivatives)
    return derivatives if are_explicit and are_others and by_names else []


def _pairs(nodes: list[Node]) -> set[tuple[Node, Node]]:
    """The letters that stand side by side in products."""
    products = (part for node in nodes for part in node.everything if isinstance(part, kinds.Product))
    pairs = (pair for part in products for pair in pairwise(part.factors))
    return {(one, other) for one, other in pairs if isinstance(one, kinds.Name) and isinstance(other, kinds.Name)}


def _with_columns(view: View, by: Set[str] = frozenset()) -> View:
    """The view where small letters, and some others, are columns, as they are in such a rule."""
    variables = {
        name: (shape[1], "1") if (name in by or name.islower()) and len(name) == 1 and "1" not in shape else shape
        for name, shape in view.variables.items()
    }
    return replace(view, variables=variables, definitions={}, origin=view.origin or view)
