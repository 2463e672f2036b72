"""A letter for a step that is used again, for the step of another variable: first ``H`` is added to ``A``, later ``H`` to ``S``; a constant is none."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import islice, product

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.deciding.deciding import decide
from matrix_checks.derivations.equality.equality import Decision
from matrix_checks.derivations.equality.sides import Setting
from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.values.exercise import NUMBER

Shape = tuple[str, str]
# Of variables for steps that nothing says more of.
MOST_CHOICES = 8
OF_DIVISION = "it holds where {} is a number, and it was the step of an array"
# Of which no text has to say that they are the same number for all entries.
CONSTANTS = ("c", "\\alpha", "\\kappa", "\\lambda")


def as_other_step(context: Context, setting: Setting, decision: Decision) -> Decision | None:
    """The decision that holds where a step belongs to another variable; then the step has that shape from there on.

    Parameters
    ----------
    context
        What the text said so far.
    setting, decision
        What was decided, and where. Only what is false by its shapes alone is tried.
    """
    if decision.verdict != FALSE or decision.attempt is not None or not decision.shape_errors:
        return None
    left, right = decision.equality.sides
    # A step that this very chain adds to a variable is the step of that variable.
    for step in sorted((left.names | right.names) & setting.steps.keys() - context.added):
        for shape in _other_shapes(setting, step):
            again = decide(replace(setting, steps={**setting.steps, step: shape}, ranges={}), left, right)
            if again.verdict == HOLDS and shape == NUMBER and _divides_by(step, left, right):
                # Whoever divides by the step of a vector may have forgotten that it is one.
                return replace(again, verdict=NOT_UNDERSTOOD, reason=OF_DIVISION.format(step))
            if again.verdict == HOLDS:
                context.keep_step(step, shape)
                return again
    return None


def _divides_by(step: str, *sides: kinds.Node) -> bool:
    """Whether a step alone stands below a fraction."""
    return any(
        isinstance(part, kinds.Quotient) and kinds.bare(part.bottom) == kinds.Name(step)
        for side in sides
        for part in side.everything
    )


def as_constant(context: Context, setting: Setting, decision: Decision) -> Decision | None:
    """The decision that holds where a usual letter of a constant, as in ``s(x + c) = s(x)``, is a number; then it is one from there on."""
    if decision.verdict != FALSE:
        return None
    left, right = decision.equality.sides
    for step in sorted((left.names | right.names) & context.added.intersection(CONSTANTS)):
        again = decide(replace(setting, steps={**setting.steps, step: NUMBER}, ranges={}), left, right)
        if again.verdict == HOLDS:
            context.keep_step(step, NUMBER)
            return again
    return None


def as_differentials_of_variables(context: Context, setting: Setting, decision: Decision) -> Decision | None:
    """The decision on what holds where steps are differentials: ``dy = \\frac{dy}{dx} h`` says that ``h`` is ``dx``.

    Where nothing says which of several variables a step is added to, what holds for one of them is not understood.
    """
    left, right = decision.equality.sides
    steps = sorted((left.names | right.names) & setting.steps.keys())
    if decision.verdict != FALSE or not steps or not decision.equality.has(kinds.Differentiated):
        return None
    points = [_points(context, setting, step) for step in steps]
    for chosen in islice(product(*points), MOST_CHOICES):
        meant: dict[kinds.Node, kinds.Node] = {
            kinds.Name(step): kinds.Differentiated(kinds.Name(point)) for step, point in zip(steps, chosen)
        }
        again = decide(setting, _with(meant, left), _with(meant, right))
        if again.verdict == HOLDS:
            is_sure = all(len(each) == 1 for each in points)
            reason = "" if is_sure else "it is not said which variables its steps are added to"
            return replace(again, as_written=False) if is_sure else Decision(decision.equality, NOT_UNDERSTOOD, reason)
    return None


def _points(context: Context, setting: Setting, step: str) -> list[str]:
    """What a step is added to: what the text says, or else each variable of its shape."""
    said = context.points_of_steps.get(step, "")
    if context.shape_at(said) == setting.steps[step]:
        return [said]
    named = (name for view in setting.views for name, shape in view.variables.items() if shape == setting.steps[step])
    return list(dict.fromkeys(named))


def _with(meant: Mapping[kinds.Node, kinds.Node], node: kinds.Node) -> kinds.Node:
    return meant.get(node) or node.rebuilt(partial(_with, meant))


def _other_shapes(setting: Setting, step: str) -> Iterator[Shape]:
    """The shapes of the variables, but for that of the step and for numbers."""
    found = dict.fromkeys(shape for view in setting.views for shape in view.variables.values())
    yield from (shape for shape in found if shape not in (setting.steps[step], NUMBER))
