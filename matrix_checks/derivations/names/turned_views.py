r"""An exercise in other layouts: ``y = x W + b`` with an object a row is ``y = W x + b`` with an object a column.

In a turned view some names of the exercise stand for the transposes of what they are there. Nothing else differs: what is true of the
one is true of the other, with the shapes of the names in it.
"""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import combinations

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import Definition, View

# Names of an exercise that may be turned; more would be too many choices.
MOST_TURNED = 4


@lru_cache(maxsize=100)
def turned_views(view: View, name: str) -> tuple[View, ...]:
    """All turned views of one of the exercise's own views, the fewest names turned first.

    Parameters
    ----------
    view
        One of the exercise's own, or one with other letters.
    name
        What the exercise defines, as ``y``.
    """
    return tuple(_turned_views(view, name))


def in_layouts(view: View, name: str) -> Iterator[View]:
    """The turned views of a view of a text, with what the text calls things."""
    for turned in turned_views(view.origin or view, view.aliases.get(name, name)):
        yield turned if view.origin is None else replace(turned, aliases=view.aliases, origin=turned)


def _turned_views(view: View, name: str) -> Iterator[View]:
    families = _families(view, name)
    if not families or len(families) > MOST_TURNED:
        return
    batch = _batch(view, families)
    for count in range(1, len(families) + 1):
        for chosen in combinations(families, count):
            names = frozenset().union(*chosen)
            yield _turned(view, names, "")
            if batch:
                # Of one object.
                yield _turned(view, names, batch)


def _families(view: View, name: str) -> list[frozenset[str]]:
    """What is turned together: each matrix behind the name with its namesakes, and the name with the gradient by it."""
    behind = sorted(view.behind(name) & view.variables.keys())
    letters = dict.fromkeys(each[0] for each in behind if "1" not in view.variables[each])
    families = [frozenset(each for each in view.variables if each[0] == letter) for letter in letters]
    outputs = {
        each for each in (*view.variables, *view.definitions) if each[0] in (name[0], "g") and "_" in each or each in (name, "g")
    }
    return [*families, frozenset(outputs)] if families else []


def _batch(view: View, families: list[frozenset[str]]) -> str:
    """The size that only the objects have: it is the first one of the input, and of no weight; empty where there is one object."""
    if len(families) < 3:
        return ""
    shapes = [view.variables[each] for family in families for each in sorted(family) if each in view.variables]
    first = [down for down, across in shapes if all(across != down != other for _, other in shapes)]
    return first[0] if first else ""


def _turned(view: View, names: frozenset[str], batch: str) -> View:
    """The view where these names are turned; of one object, where the size of a batch is given."""

    def size(letter: str) -> str:
        return "1" if letter == batch else letter

    def change(node: Node) -> Node:
        if isinstance(node, kinds.Derivative):
            # A gradient has the shape of what it is taken by, as the text has it.
            return type(node)(change(node.top), node.bottom)
        if isinstance(node, kinds.Name):
            return kinds.Transposed(node) if node.text in names else kinds.Number(Fraction(1)) if node.text == batch else node
        if isinstance(node, kinds.Indexed) and isinstance(node.body, kinds.Name) and node.body.text in names:
            return kinds.Indexed(node.body, node.indices[::-1])
        return node.rebuilt(change)

    def definition(name: str, each: Definition) -> Definition:
        body = change(each.body)
        if name not in names or isinstance(each.body, kinds.Derivative):
            return Definition(body, each.indices)
        return Definition(body, each.indices[::-1]) if each.indices else Definition(kinds.Transposed(body))

    shapes = {name: (size(down), size(across)) for name, (down, across) in view.variables.items()}
    return replace(
        view,
        variables={name: shape[::-1] if name in names else shape for name, shape in shapes.items()},
        definitions={name: tuple(definition(name, each) for each in found) for name, found in view.definitions.items()},
        instead_of=view.instead_of or view.origin or view,
        origin=None,
    )
