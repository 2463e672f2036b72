"""Differentials with a step in square brackets and without a point: ``dJ[K]``, where ``K`` is a step of the shape of one thing only."""

from collections.abc import Callable, Iterator

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import View

Shape = tuple[str, str]
ShapeOf = Callable[[Node], Shape | None]
OPERATOR = kinds.Name("D")


def with_steps_in_brackets(node: Node, views: tuple[View, ...], steps: dict[str, Shape], shape_of: ShapeOf) -> Node:
    """The same with ``dJ[K]`` as the differential at the only thing behind ``J`` that ``K`` can be added to.

    Parameters
    ----------
    node
        The expression.
    views, steps
        The exercise with what the text introduced, and the shapes of the text's steps.
    shape_of
        The shape of an expression; ``None`` where it has no value.
    """

    def change(node: Node) -> Node:
        node = node.rebuilt(change)
        called = _called(node)
        if called is None or called[1].text not in steps:
            return node
        function, step = called
        points = {frozenset(_points(view, function.text, steps[step.text], shape_of)) for view in views if _defines(view, function)}
        if len(points) != 1:
            return node
        names = sorted(points.pop())
        return kinds.Differential(kinds.Name(names[0]), function, step) if len(names) == 1 else node

    return change(node)


def _called(node: Node) -> tuple[kinds.Name, kinds.Name] | None:
    """The ``J`` and the ``K`` of ``dJ[K]`` and of ``DJ[K]``; ``None`` for anything else."""
    entry = node.body if isinstance(node, kinds.Differentiated) else None
    if isinstance(node, kinds.Product) and len(node.factors) == 2 and node.factors[0] == OPERATOR:
        entry = node.factors[1]
    if not isinstance(entry, kinds.Indexed) or len(entry.indices) != 1:
        return None
    body, step = entry.body, entry.indices[0]
    return (body, step) if isinstance(body, kinds.Name) and isinstance(step, kinds.Name) else None


def _defines(view: View, function: kinds.Name) -> bool:
    return view.aliases.get(function.text, function.text) in view.definitions


def _points(view: View, function: str, shape: Shape, shape_of: ShapeOf) -> Iterator[str]:
    """What stands behind a function and has a shape: its variables, and what is defined of these."""
    name = view.aliases.get(function, function)
    for each in view.behind(name) - {name}:
        is_array = each in view.variables or each in view.definitions
        if is_array and (view.variables.get(each) or shape_of(kinds.Name(each))) == shape:
            yield each
