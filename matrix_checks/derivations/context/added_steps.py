"""Which names are steps from a variable: what is added to it has its shape, as the ``h`` of ``f(x + h)`` and of ``[D_x f](h)``."""

from matrix_checks.derivations.context.around import Member
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.taken_from_later import may_be_mean
from matrix_checks.derivations.equality.interpretations import OF_ANY_SIZE
from matrix_checks.derivations.expressions import kinds


def note_steps(context: Context, nodes: list[Member]) -> None:
    """Learn the shapes of steps from where they are added to a variable: ``f(x + h)``, ``[D_x f](h)``."""
    context.added.clear()
    for node in nodes:
        for part in node.everything if isinstance(node, kinds.Node) else ():
            if isinstance(part, kinds.Differential) and isinstance(part.point, kinds.Name):
                _note_step(context, part.point.text, part.step)
                if isinstance(part.step, kinds.Name):
                    # D_h f(x), too, where h is the step.
                    _note_step(context, part.step.text, part.point)
            elif isinstance(part, kinds.Product):
                _note_steps_behind_derivatives(context, part)
            elif isinstance(part, kinds.Add):
                _note_steps_among_terms(context, part)


def _note_step(context: Context, point: str, step: kinds.Node) -> None:
    step = step.body if isinstance(step, kinds.Group) else step
    shape = context.shape_at(point) if isinstance(step, kinds.Name) else None
    if shape:
        _keep_step(context, shape, step, point)


def _note_steps_behind_derivatives(context: Context, node: kinds.Product) -> None:
    # A step is the last factor: in \\nabla_x x^T B x, the B is none.
    for one, step in zip(node.factors[-2:], node.factors[-1:]):
        if isinstance(one, kinds.Derivative) and isinstance(one.bottom, kinds.Name):
            variables = context.views[0].variables
            only = next(iter(variables)) if len(variables) == 1 else ""
            _note_step(context, one.bottom.text or only, step)


def _note_steps_among_terms(context: Context, node: kinds.Add) -> None:
    terms = [_without_number(context, term.body if isinstance(term, kinds.Negative) else term) for term in node.terms]
    named = [term.text for term in terms if isinstance(term, kinds.Name)]
    # Terms may be thousands, and each of them a point or a step. Where there are two points, the last one counts.
    points = [(point, shape) for point in dict.fromkeys(reversed(named)) if (shape := context.shape_at(point))]
    if points and points[0][1] == ("1", "1"):
        # What is added to a number, as in \\sqrt{v + \\varepsilon}, is no step from it.
        return
    for step in terms if points else ():
        _keep_step(context, points[0][1], step, points[0][0])


def _without_number(context: Context, node: kinds.Node) -> kinds.Node:
    """The ``h`` of ``t h``, where ``t`` is a number or nothing else is said of it."""
    if not isinstance(node, kinds.Product):
        return node
    before = [each for each in node.factors[:-1] if not isinstance(each, kinds.Number)]
    free = all(
        isinstance(each, kinds.Name)
        and context.steps.get(each.text, ("1", "1")) == ("1", "1")
        and (each.text not in context.known - context.steps.keys() or _is_own_number(context, each.text))
        for each in before
    )
    return node.factors[-1] if free else node


def _is_own_number(context: Context, name: str) -> bool:
    """Whether the text introduced a name for any number, as the ``t`` of ``x + t h``."""
    return name in context.own and all(view.variables.get(name) == ("1", "1") for view in context.views)


def _keep_step(context: Context, shape: tuple[str, str], step: kinds.Node, point: str) -> None:
    if not isinstance(step, kinds.Name) or step.text.startswith("\\Delta "):
        return
    if step.text in OF_ANY_SIZE and not (step.text == "E" and shape[0] != shape[1] and "1" not in shape):
        # An identity is added to no matrix that is not square.
        return
    is_known = step.text in context.components or any(step.text in view.names for view in context.views)
    if not is_known and not may_be_mean(context, step.text):
        context.keep_step(step.text, shape, point)
        context.added.add(step.text)
