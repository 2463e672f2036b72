"""Points at which a false equality is true: where a variable is zero, the identity, symmetric, or another variable; where a size is one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice, permutations

import numpy as np

from matrix_checks.derivations.equality.held_values import with_held
from matrix_checks.derivations.equality.sides import Setting
from matrix_checks.derivations.equality.verdicts import Equality
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ZERO
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.reasons.trials import Trials
from matrix_checks.derivations.values.exercise import NUMBER, View

# So many variables are moved, so many pairs are made one, and so many points are tried.
MOST_VARIABLES = 6
MOST_PAIRS = 6
MOST_POINTS = 60
EQUAL_SIZE = 3
# A name that no text has: by how much a variable is moved.
MOVED = "\\moved"
# Kinds of points.
IS_ZERO, ARE_ONES, IS_UNIFORM, IS_IDENTITY, IS_ORTHONORMAL, IS_SYMMETRIC, IS_CENTERED, IS_EQUAL, IS_SINGLE, ARE_NUMBERS = (
    "is zero",
    "is all ones",
    "has equal entries",
    "is the identity",
    "has orthonormal columns",
    "is symmetric",
    "is centered",
    "are the same",
    "is one",
    "are numbers",
)
Numbers = np.ndarray


@dataclass(frozen=True)
class Point:
    """A point at which an equality may be true.

    Attributes
    ----------
    kind
        What is special about it.
    names
        The variables, or the sizes, that are special there.
    """

    kind: str
    names: tuple[str, ...]


def _identity(value: Numbers) -> Numbers:
    return np.array(
        [[Decimal(int(row == column)) for column in range(value.shape[1])] for row in range(value.shape[0])], dtype=object
    )


def _centered(value: Numbers) -> Numbers:
    axis = 0 if value.shape[0] > 1 else 1
    return value - value.sum(axis=axis, keepdims=True) / value.shape[axis]


def _orthonormal(value: Numbers) -> Numbers:
    """Columns of length one at right angles, or rows where the array is wider than high: those of a reflection."""
    rows, columns = value.shape
    if rows < columns:
        return _orthonormal(value.T).T
    across = value[:, :1]
    reflection = _identity(across @ across.T) - 2 * (across @ across.T) / (across * across).sum()
    return reflection[:, :columns]


# What a variable's numbers become at a point.
SPECIAL: dict[str, Callable[[Numbers], Numbers]] = {
    IS_ZERO: lambda value: value * 0,
    ARE_ONES: lambda value: value * 0 + 1,
    IS_UNIFORM: lambda value: value * 0 + value[0, 0],
    IS_IDENTITY: _identity,
    IS_ORTHONORMAL: _orthonormal,
    IS_SYMMETRIC: lambda value: (value + value.T) / 2,
    IS_CENTERED: _centered,
}


def points_of_truth(setting: Setting, equality: Equality, view: View, may_be: Callable[[Point], bool]) -> Iterator[Point]:
    """The points at which an equality is true in a view, and says something.

    Parameters
    ----------
    setting, equality, view
        What was found to be false, and where.
    may_be
        Which points are tried.
    """
    trials = Trials(setting, tries=MOST_POINTS)
    for point in filter(may_be, _points(equality, view)):
        if not trials.goes_on:
            return
        moved = _moved(setting, equality, view, point)
        if moved is None:
            continue
        there, (left, right) = moved
        if trials.hold(left, right, setting=there) and (ZERO in equality.sides or not trials.hold(left, ZERO, setting=there)):
            yield point


def _points(equality: Equality, view: View) -> Iterator[Point]:
    names = {each for side in equality.sides for name in side.names for each in view.reached_from(name)}
    variables = {name: shape for name, shape in view.variables.items() if name in names}
    variables = dict(islice(variables.items(), MOST_VARIABLES))
    for name, shape in variables.items():
        yield from (Point(kind, (name,)) for kind in SPECIAL if _can_be(kind, shape))
    yield from (Point(IS_SINGLE, (letter,)) for letter in view.letters)
    yield Point(ARE_NUMBERS, view.letters)
    pairs = (pair for pair in permutations(variables, 2) if variables[pair[0]] == variables[pair[1]])
    yield from (Point(IS_EQUAL, pair) for pair in islice(pairs, MOST_PAIRS) if variables[pair[0]] != NUMBER)


def _can_be(kind: str, shape: tuple[str, str]) -> bool:
    if kind in (IS_IDENTITY, IS_SYMMETRIC):
        return "1" not in shape
    return kind not in (IS_ORTHONORMAL, IS_CENTERED) or shape != NUMBER


def _moved(setting: Setting, equality: Equality, view: View, point: Point) -> tuple[Setting, tuple[Node, Node]] | None:
    """What is tried at a point, and where; ``None`` where the point cannot be reached."""
    if point.kind in (IS_SINGLE, ARE_NUMBERS):
        return _with_sizes(setting, view, dict.fromkeys(point.names, 1)), equality.sides
    name, *others = point.names
    symbol = kinds.Name(name)
    place = kinds.Name(*others) if others else kinds.Group(kinds.Add((symbol, kinds.Negative(kinds.Name(MOVED)))))
    changed = view.with_each_body(lambda node: _at(node, view, name, place))
    left, right = (_at(side, view, name, place) for side in equality.sides)
    if others:
        return replace(setting, views=(changed,), kept={}, ranges={}), (left, right)
    if point.kind in (IS_IDENTITY, IS_SYMMETRIC):
        setting = _with_sizes(setting, view, dict.fromkeys(view.variables[name], EQUAL_SIZE))
    # The variable still varies there.
    held = with_held(setting, view, {MOVED: (symbol, lambda value: value - SPECIAL[point.kind](value))}, changed)
    return (held, (left, right)) if held is not None else None


def _with_sizes(setting: Setting, view: View, sizes: dict[str, int]) -> Setting:
    return replace(setting, views=(view,), sizes={**setting.sizes, **sizes}, kept={}, ranges={})


def _at(node: Node, view: View, name: str, place: Node) -> Node:
    """The same with another expression in the place of a variable, but where something is differentiated by it."""
    if isinstance(node, kinds.Name):
        return place if view.aliases.get(node.text, node.text) == name else node
    if isinstance(node, kinds.Derivative):
        return replace(node, top=_at(node.top, view, name, place))
    return node.rebuilt(lambda part: _at(part, view, name, place))
