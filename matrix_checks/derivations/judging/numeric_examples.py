"""Numeric examples: a variable that is given numbers, ``x = (1, 2)^\\top``, and what is then said of numbers."""

from dataclasses import replace

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.judging.sides import Setting
from matrix_checks.derivations.values.exercise import Definition, View

WRITTEN_OUT = (kinds.Matrix, kinds.Tuple)
MOST_EXAMPLES = 10


def note_example(setting: Setting, left: Node, right: Node) -> bool:
    """Whether an equality gives numbers to a variable; then they are kept."""
    if not isinstance(left, kinds.Name) or not _is_array_of_numbers(right):
        return False
    shapes = [view.variables.get(view.aliases.get(left.text, left.text), ("1", "1")) for view in setting.views]
    if all(shape == ("1", "1") for shape in shapes) or len(setting.memory.examples) >= MOST_EXAMPLES:
        return False
    setting.memory.examples[left.text] = right
    return True


def with_examples(setting: Setting, left: Node, right: Node) -> Setting | None:
    """The setting where variables are the numbers that the text gives; ``None`` where an equality says nothing of numbers."""
    examples = setting.memory.examples
    if not examples or not _says_numbers(left, right, examples):
        return None
    views = tuple(_view_with(view, examples) for view in setting.views)
    sizes = {letter: size for view in setting.views for letter, size in _sizes(view, examples).items()}
    return replace(setting, views=views, sizes={**setting.sizes, **sizes}, ranges={})


def is_complete(setting: Setting, left: Node, right: Node) -> bool:
    """Whether all variables behind an equality were given numbers."""
    view = setting.views[0]
    reached = set[str]().union(*(view.reached_from(name) for name in left.names | right.names))
    return all(name in setting.memory.examples for name, shape in view.variables.items() if name in reached and shape != ("1", "1"))


def _is_array_of_numbers(node: Node) -> bool:
    return not node.texts and any(kind in node.kinds for kind in WRITTEN_OUT) and kinds.Dots not in node.kinds


def _says_numbers(left: Node, right: Node, examples: dict[str, Node]) -> bool:
    """Whether a side is made of numbers, or one variable of an example stands beside single entries."""
    at_numbers = any(
        isinstance(index, kinds.Number)
        for side in (left, right)
        for part in side.everything
        if isinstance(part, kinds.Indexed)
        for index in part.bound
    )
    if at_numbers and not examples.keys().isdisjoint(left.names | right.names):
        return True
    return any(not one.texts - {""} and other.names for one, other in ((left, right), (right, left)))


def _view_with(view: View, examples: dict[str, Node]) -> View:
    variables = {name: shape for name, shape in view.variables.items() if name not in examples}
    given = {name: (Definition(examples[name]),) for name in view.variables if name in examples}
    return replace(view, variables=variables, definitions={**view.definitions, **given}, origin=view.origin or view)


def _sizes(view: View, examples: dict[str, Node]) -> dict[str, int]:
    """The sizes that the numbers have."""
    found: dict[str, int] = {}
    for name, node in examples.items():
        shape = view.variables.get(name)
        turned = isinstance(node, kinds.Transposed)
        inside = kinds.bare(node)
        if shape is None or not isinstance(inside, WRITTEN_OUT):
            continue
        columns = inside.columns if isinstance(inside, kinds.Matrix) else 1
        lengths = (len(inside.entries) // columns, columns)
        found |= {letter: size for letter, size in zip(shape, lengths[::-1] if turned else lengths) if not letter.isdecimal()}
    return found
