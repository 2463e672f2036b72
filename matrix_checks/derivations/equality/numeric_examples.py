"""Numeric examples: a variable that is given numbers, ``x = (1, 2)^\\top``, and what is then said of numbers."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

from matrix_checks.derivations.equality.fitted_numbers import LOSS, fitted, is_one_number, upstream_names
from matrix_checks.derivations.equality.one_meaning import without_copies
from matrix_checks.derivations.equality.sides import Setting
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import NUMBER, Definition, View

Shape = tuple[str, str]
IDENTITIES = (kinds.Name("I"), kinds.Name("E"))
WRITTEN_OUT = (kinds.Matrix, kinds.Tuple)
MOST_EXAMPLES = 10
SIZES_OF_IDENTITIES = (2, 3)


def note_example(setting: Setting, left: Node, right: Node, holds: Callable[[Node, Node], bool]) -> bool:
    """Whether an equality gives numbers to a variable, to another name for one, or to a step; then they are kept.

    Parameters
    ----------
    setting, left, right
        The equality, and where it stands.
    holds
        Whether two names stand for the same.
    """
    left = _upstream(setting, left, holds) if _is_array_of_numbers(right) else left
    if _notes_entry(setting, left, right) or not isinstance(left, kinds.Name) or len(setting.memory.examples) >= MOST_EXAMPLES:
        return False
    if _is_loss_of_output(setting, left.text, right):
        if setting.memory.example_loss not in (None, right) or setting.memory.labels:
            # What the loss is was said before.
            return False
        setting.memory.example_loss = right
        return bool(setting.memory.examples)
    shapes = [view.variables.get(view.aliases.get(left.text, left.text), NUMBER) for view in setting.views]
    square = next((shape[0] for shape in shapes if shape != NUMBER and shape[0] == shape[1]), "")
    if right in IDENTITIES and square:
        # What is said of numbers later may be said of this one; that it is an identity is no claim.
        setting.memory.examples |= dict.fromkeys((left.text, _own_name(setting, left.text)), kinds.Name("I"))
        return False
    meant = _own_name(setting, left.text)
    if setting.memory.example_loss is not None and setting.memory.examples and meant in upstream_names(setting.views):
        # It follows from the loss.
        return False
    if not right.names and not _is_array_of_numbers(right) and any(meant in view.variables for view in setting.views):
        setting.memory.scalars[meant] = right
        return any(
            is_one_number(view, setting.memory, meant) for view in setting.views if view.variables.get(meant, NUMBER) != NUMBER
        )
    if not _is_array_of_numbers(right):
        return False
    setting.memory.example_changed = False
    if setting.memory.example_loss is not None:
        for name in upstream_names(setting.views):
            setting.memory.examples.pop(name, None)
    if setting.steps.get(meant, NUMBER) != NUMBER:
        setting.memory.examples |= {meant: right}
        return True
    if all(shape == NUMBER for shape in shapes):
        arrays = {name: None for view in setting.views for name, shape in view.variables.items() if shape != NUMBER}
        meant = next((name for name in arrays if left.text in setting.own and holds(left, kinds.Name(name))), "")
    if meant:
        setting.memory.examples |= {left.text: right, meant: right}
    return bool(meant)


def _upstream(setting: Setting, left: Node, holds: Callable[[Node, Node], bool]) -> Node:
    r"""The exercise's name for the gradient that comes in, where it is written as a derivative: ``\frac{\partial L}{\partial Y}``."""
    derivative = kinds.bare(left)
    if not isinstance(derivative, kinds.Derivative) or not isinstance(derivative.bottom, kinds.Name):
        return left
    name = derivative.bottom.text
    if not any(view.aliases.get(name, name) in view.definitions for view in setting.views):
        # The bias has the same gradient where each object has one of its own.
        return left
    return next((name for name in map(kinds.Name, sorted(upstream_names(setting.views))) if holds(left, name)), left)


def _notes_entry(setting: Setting, left: Node, right: Node) -> bool:
    """See where an entry of an example is given another number: then nobody knows what follows from the example."""
    body = kinds.whole_of(left)
    is_entry = isinstance(left, kinds.Indexed) and all(isinstance(index, kinds.Number) for index in left.bound)
    if is_entry and isinstance(body, kinds.Name) and body.text in setting.memory.examples and not right.names:
        setting.memory.example_changed = True
        return True
    return False


def _is_loss_of_output(setting: Setting, name: str, right: Node) -> bool:
    """Whether the loss behind a layer is said to be something of its output alone."""
    if _own_name(setting, name) != LOSS or not right.names or kinds.Derivative in right.kinds:
        return False
    for view in setting.views:
        inner = (view.origin or view).definitions[LOSS][0].body if LOSS in (view.origin or view).definitions else None
        if isinstance(inner, kinds.Inner) and {view.aliases.get(each, each) for each in right.names} == inner.right.names:
            return not free_indices(right, view.letters)
    return False


def _own_name(setting: Setting, name: str) -> str:
    """What the exercise calls it."""
    return next((view.aliases[name] for view in setting.views if name in view.aliases), name)


def with_examples(setting: Setting, left: Node, right: Node) -> list[Setting]:
    """The settings where variables are the numbers that the text gives; none where an equality says nothing of numbers.

    What is said of identities whose size nobody says has to hold for more than one size.
    """
    examples = setting.memory.examples
    are_numbers = any(fitted(view, setting.memory, setting.steps) for view in setting.views if setting.memory.scalars)
    if not (examples or are_numbers) or not _says_numbers(setting, left, right):
        return []
    setting = _with_meant_views(setting, left, right)
    found = {letter: size for view in setting.views for letter, size in _sizes(setting, view, examples).items()}
    sizes = {**setting.sizes, **found}
    unsaid = {
        view.variables.get(name, NUMBER)[0] for view in setting.views for name, node in examples.items() if node in IDENTITIES
    }
    if unsaid - sizes.keys() - {NUMBER[0]}:
        return [_with_sizes(setting, {**dict.fromkeys(unsaid, size), **sizes}) for size in SIZES_OF_IDENTITIES]
    return [_with_sizes(setting, sizes)]


def _with_meant_views(setting: Setting, left: Node, right: Node) -> Setting:
    """The setting in which numbers fit, without views in which every object has a bias of its own that nobody speaks of."""
    views = without_copies(setting.memory, setting.views, (left, right))
    fitting = [(view, fitted(view, setting.memory, setting.steps, setting.sizes)) for view in views]
    # Where the text says sizes, a list of numbers is a row or a column by these.
    found = [each.view if setting.sizes else view for view, each in fitting if each is not None]
    return replace(setting, views=tuple(found) or views)


def _with_sizes(setting: Setting, sizes: dict[str, int]) -> Setting:
    examples = setting.memory.examples
    views = tuple(
        _view_with(view, {name: _written_out(view, name, node, sizes) for name, node in examples.items()}, setting.steps)
        for view in setting.views
    )
    steps = {name: shape for name, shape in setting.steps.items() if name not in examples}
    return replace(setting, views=views, steps=steps, sizes=sizes, ranges={})


def is_complete(setting: Setting, left: Node, right: Node) -> bool:
    """Whether all variables behind an equality were given numbers."""
    view = setting.views[0]
    reached = set[str]().union(*(view.reached_from(name) for name in (left.names | right.names) - setting.memory.examples.keys()))
    return all(name in setting.memory.examples for name, shape in view.variables.items() if name in reached and shape != NUMBER)


def _is_array_of_numbers(node: Node) -> bool:
    return kinds.Name not in node.kinds and any(kind in node.kinds for kind in WRITTEN_OUT) and kinds.Dots not in node.kinds


def _says_numbers(setting: Setting, left: Node, right: Node) -> bool:
    """Whether a side is made of numbers, or a variable of an example, or what is made of it, stands beside single entries."""
    names = left.names | right.names
    reached = names.union(*(view.reached_from(name) for view in setting.views for name in names & view.definitions.keys()))
    at_numbers = any(
        isinstance(index, kinds.Number)
        for side in (left, right)
        for part in side.everything
        if isinstance(part, kinds.Indexed)
        for index in part.bound
    )
    if at_numbers and not reached.isdisjoint(setting.memory.examples):
        return True
    if any(_is_array_of_numbers(part) for side in (left, right) for part in side.everything if side.names):
        return True
    return any(kinds.Name not in one.kinds and other.names for one, other in ((left, right), (right, left)))


def _written_out(view: View, name: str, node: Node, sizes: dict[str, int]) -> Node:
    """The numbers of an example; those of an identity for the size that it has there."""
    size = sizes.get(view.variables.get(name, NUMBER)[0], 0) if node in IDENTITIES else 0
    places = [(row, column) for row in range(size) for column in range(size)]
    return kinds.Matrix(tuple(kinds.Number(Fraction(row == column)) for row, column in places), size) if size else node


def _view_with(view: View, examples: dict[str, Node], steps: Mapping[str, Shape]) -> View:
    variables = {name: shape for name, shape in view.variables.items() if name not in examples}
    given = {name: (Definition(examples[name]),) for name in (*view.variables, *steps) if name in examples}
    return replace(view, variables=variables, definitions={**view.definitions, **given}, origin=view.origin or view)


def _sizes(setting: Setting, view: View, examples: dict[str, Node]) -> dict[str, int]:
    """The sizes that the numbers have."""
    found: dict[str, int] = {}
    for name, node in examples.items():
        shape = view.variables.get(name) or setting.steps.get(name)
        turned = isinstance(node, kinds.Transposed)
        inside = kinds.bare(node)
        if shape is None or not isinstance(inside, WRITTEN_OUT):
            continue
        columns = inside.columns if isinstance(inside, kinds.Matrix) else 1
        lengths = (len(inside.entries) // columns, columns)
        found |= {letter: size for letter, size in zip(shape, lengths[::-1] if turned else lengths) if not letter.isdecimal()}
    return found
