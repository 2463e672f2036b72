r"""The numbers of an example as a view of the exercise: which sizes they have, and what is a row there.

``x = (3, 4)`` is one object of two inputs, where the exercise has a matrix of objects; ``b = 5`` is a bias where there is one output.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import product

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ZERO
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import NUMBER, Definition, View
from matrix_checks.derivations.values.memory import Memory

Shape = tuple[str, str]
Lengths = tuple[int, int]
LOSS = "L"
SIZED_BY = "\\sized by "
MOST_CHOICES = 64
NO_STEPS: Mapping[str, Shape] = {}
NO_SIZES: Mapping[str, int] = {}


@dataclass(frozen=True)
class Fitted:
    """A view with the numbers of an example.

    Attributes
    ----------
    view
        The view, where variables are their numbers.
    sizes
        The sizes that these have.
    given
        The variables that have numbers.
    """

    view: View
    sizes: dict[str, int]
    given: frozenset[str]


def fitted(view: View, memory: Memory, steps: Mapping[str, Shape] = NO_STEPS, said: Mapping[str, int] = NO_SIZES) -> Fitted | None:
    """A view with the numbers that the text gives; ``None`` where these do not fit its shapes.

    Parameters
    ----------
    view
        One of the exercise.
    memory
        What the text said of its example.
    steps
        Shapes of the text's steps, which may have numbers, too.
    said
        Sizes that the text fixes.
    """
    shapes = {**steps, **view.variables}
    nodes = {view.aliases.get(name, name): node for name, node in memory.examples.items() if name not in view.definitions}
    nodes = {name: node for name, node in nodes.items() if name in shapes}
    choices = [[(name, each) for each in _layouts(shapes[name], node)] for name, node in nodes.items()]
    if not nodes.keys() & view.variables.keys():
        arrays = {name for name, shape in view.variables.items() if shape != NUMBER}
        numbers = {view.aliases.get(name, name) for name in memory.scalars}
        # Where each array is set equal to a number, all sizes are one; an array that is zero may have any.
        are_numbers = arrays and arrays <= numbers and any(node != ZERO for node in memory.scalars.values())
        return _with_numbers(view, memory, {}, dict.fromkeys(view.letters, 1)) if are_numbers else None
    if not all(choices):
        return None
    count = 1
    for each in choices:
        count *= len(each)
    if count > MOST_CHOICES:
        return None
    for chosen in product(*choices):
        sizes = _agreed([(shapes[name], lengths) for name, (_, lengths) in chosen], said)
        if sizes is not None:
            return _with_numbers(view, memory, {name: node for name, (node, _) in chosen}, sizes)
    return None


def _with_numbers(view: View, memory: Memory, nodes: dict[str, Node], sizes: dict[str, int]) -> Fitted:
    scalars = {view.aliases.get(name, name): node for name, node in memory.scalars.items()}
    for name, node in scalars.items():
        if name not in nodes and all(sizes.get(letter, 0) == 1 or letter == "1" for letter in view.variables.get(name, ("", ""))):
            nodes[name] = node
    definitions = {**view.definitions, **{name: (Definition(node),) for name, node in nodes.items()}}
    inner = view.definitions[LOSS][0].body if LOSS in view.definitions else None
    variables = {name: shape for name, shape in view.variables.items() if name not in nodes}
    given = set(nodes)
    if memory.example_loss is not None and isinstance(inner, kinds.Inner) and isinstance(inner.left, kinds.Name):
        upstream = inner.left.text
        definitions[LOSS] = (Definition(memory.example_loss),)
        if upstream in variables:
            del variables[upstream]
            definitions[upstream] = (Definition(kinds.Derivative(kinds.Name(LOSS), inner.right)),)
            given.add(upstream)
    # Where all arrays are numbers their sizes are none of a variable any more, but those of the ones in what is defined.
    kept = {letter for shape in variables.values() for letter in shape}
    variables |= {f"{SIZED_BY}{letter}": (letter, "1") for letter in view.letters if letter not in kept}
    new = replace(view, variables=variables, definitions=definitions, origin=view.origin or view)
    return Fitted(new, sizes, frozenset(given))


def _layouts(shape: Shape, node: Node) -> list[tuple[Node, Lengths]]:
    """The ways to lay out what is written, the most usual first: a list of numbers is a row of a matrix, or a column."""
    turned = isinstance(node, kinds.Transposed)
    inside = kinds.bare(node.body) if isinstance(node, kinds.Transposed) else kinds.bare(node)
    if isinstance(inside, kinds.Matrix):
        lengths = (len(inside.entries) // inside.columns, inside.columns)
        found = (node, lengths[::-1] if turned else lengths)
        is_vector = 1 in lengths and "1" in shape
        other: tuple[Node, Lengths] = (kinds.Transposed(kinds.Group(node)), found[1][::-1])
        return [found, other] if is_vector else [found]
    if not isinstance(inside, kinds.Tuple):
        return []
    count = len(inside.entries)
    row: tuple[Node, Lengths] = (kinds.Matrix(inside.entries, count), (1, count))
    column: tuple[Node, Lengths] = (kinds.Matrix(inside.entries, 1), (count, 1))
    return [column, row] if shape[1] == "1" else [row, column]


def _agreed(shapes: list[tuple[Shape, Lengths]], said: Mapping[str, int]) -> dict[str, int] | None:
    """The sizes by their letters; ``None`` where one letter would have two."""
    sizes = dict(said)
    for letters, lengths in shapes:
        for letter, length in zip(letters, lengths):
            wanted = int(letter) if letter.isdecimal() else sizes.setdefault(letter, length)
            if wanted != length:
                return None
    return sizes


def is_one_number(view: View, memory: Memory, name: str) -> bool:
    """Whether a variable is a number for the sizes of the example."""
    found = fitted(view, memory)
    shape = view.variables.get(view.aliases.get(name, name), NUMBER)
    return found is not None and all(letter == "1" or found.sizes.get(letter) == 1 for letter in shape)


def upstream_names(views: Iterable[View]) -> set[str]:
    """The names of the gradient that comes in, of any loss."""
    bodies = [each.body for view in views for each in (view.origin or view).definitions.get(LOSS, ())[:1]]
    return {name for body in bodies if isinstance(body, kinds.Inner) for name in body.left.names}
