"""Changes such as ``\\delta J`` of what the exercise defines: differentials to first order, or finite and exact."""

from collections.abc import Iterable, Mapping

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ZERO
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import View

# What the name of a change begins with.
CHANGE = "\\Delta "
Shape = tuple[str, str]
NUMBER: Shape = ("1", "1")
# Of definitions that stand for others.
DEEPEST = 5


def as_differentials(node: Node) -> Node:
    """The same with a differential for each change."""
    if isinstance(node, kinds.Name):
        return kinds.Differentiated(kinds.Name(node.text.removeprefix(CHANGE))) if node.text.startswith(CHANGE) else node
    if isinstance(node, kinds.Indexed) and isinstance(node.body, kinds.Name) and node.body.text.startswith(CHANGE):
        return kinds.Differentiated(kinds.Indexed(kinds.Name(node.body.text.removeprefix(CHANGE)), node.indices))
    return node.rebuilt(as_differentials)


def exactly(node: Node, changed: frozenset[str], view: View) -> Node:
    """The same where a change of what is defined is the difference that the changes of the variables make.

    Parameters
    ----------
    node
        The expression.
    changed
        The names of which changes are written beside it.
    view
        The exercise.
    """
    variables = changed & view.variables.keys()

    def change(part: Node) -> Node:
        if not isinstance(part, kinds.Name) or not part.text.startswith(CHANGE):
            return part.rebuilt(change)
        before = kinds.Name(part.text.removeprefix(CHANGE))
        after = _after(before, variables, view, DEEPEST)
        if before.text in view.variables or after == before:
            return part
        return kinds.Group(kinds.Add((after, kinds.Negative(before))))

    return change(node)


def as_difference(left: Node, right: Node, steps: Mapping[str, Shape], view: View) -> Node | None:
    """``\\Delta y`` as ``y(x + h) - y(x)``, where the other side has one step ``h``, and one variable has its shape; else ``None``."""
    name = kinds.whole_of(left)
    if not isinstance(name, kinds.Name) or not name.text.startswith(CHANGE):
        return None
    text = name.text.removeprefix(CHANGE)
    taken = [step for step in sorted(right.names & steps.keys()) if steps[step] != NUMBER]
    if view.aliases.get(text, text) not in view.definitions or len(taken) != 1:
        return None
    points = [each for each, shape in view.variables.items() if shape == steps[taken[0]] and each in view.reached_from(text)]
    if len(points) != 1:
        return None
    after = kinds.Group(kinds.Add((kinds.Name(points[0]), kinds.Name(taken[0]))))
    value = kinds.Product((kinds.Name(text), after), ("",))
    difference = kinds.Group(kinds.Add((value, kinds.Negative(kinds.Name(text)))))
    return kinds.Indexed(difference, left.indices) if isinstance(left, kinds.Indexed) else difference


def _after(node: Node, variables: frozenset[str], view: View, depth: int) -> Node:
    """What an expression becomes when these variables change."""
    if isinstance(node, kinds.Name):
        text = view.aliases.get(node.text, node.text)
        if text in variables:
            return kinds.Group(kinds.Add((node, kinds.Name(CHANGE + text))))
        definition = next(iter(view.definitions.get(text, ())), None)
        if definition is None or definition.indices or not depth or variables.isdisjoint(view.reached_from(text)):
            return node
        return kinds.Group(_after(definition.body, variables, view, depth - 1))
    return node.rebuilt(lambda part: _after(part, variables, view, depth))


def is_held_fixed(left: Node, right: Node, views: tuple[View, ...]) -> bool:
    """Whether ``dA = 0`` says that a variable is held fixed, where there are others that are not, or a statistic that was kept.

    ``d\\operatorname{tr}(A^\\top A) = 0`` says the same of ``A``, and so does the differential of a name for that.
    """
    if any(view.holds_statistics and _vanishes(view, left) and _vanishes(view, right) for view in views):
        return left != ZERO
    if not isinstance(left, kinds.Differentiated) or right != ZERO:
        return False
    names = left.body.names
    return all(len(_variables_behind(view, names)) == 1 and _several_vary(view) for view in views)


def _variables_behind(view: View, names: Iterable[str]) -> set[str]:
    """The variables of an exercise that names are, or stand for."""
    return {each for name in names for each in {view.aliases.get(name, name), *view.behind(name)} & view.variables.keys()}


def _vanishes(view: View, node: Node) -> bool:
    """Whether it is zero, or the differential of what was kept."""
    return node == ZERO or (isinstance(node, kinds.Differentiated) and all(_is_kept(view, name) for name in node.body.names))


def _is_kept(view: View, name: str) -> bool:
    """Whether a name stands for numbers that do not depend on the objects."""
    reached = {view.aliases.get(name, name), *view.behind(name)}
    return bool(reached & view.names) and all(view.variables[each] == ("1", "1") for each in reached & view.variables.keys())


def _several_vary(view: View) -> bool:
    return sum(shape != ("1", "1") for shape in view.variables.values()) > 1
