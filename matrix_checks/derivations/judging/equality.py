"""One equality: is it true under some admissible reading, and if not, what is wrong with it?"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count, islice
from itertools import product as combinations
from random import Random

import numpy as np

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import bare
from matrix_checks.derivations.judging.interpretations import readings
from matrix_checks.derivations.judging.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD, ORDER, OTHER_LAYOUT, Finding, compared
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values.evaluate import Evaluator
from matrix_checks.derivations.values.exercise import View, free_indices
from matrix_checks.derivations.values.jets import CannotEvaluate, Jet, ShapeError
from matrix_checks.derivations.values.sample import Draw, Memory, Reading, Unknown, Work

SIZES = ((3, 2, 4, 5, 6), (2, 4, 3, 6, 5))
MAXIMAL_ENTRIES = 120
# The second draw only keeps what holds by chance, for these numbers or these sizes, from counting.
ENTRIES_AGAIN = 4


@dataclass
class Setting:
    """What the text around an equality says.

    Attributes
    ----------
    views
        The exercise with what the student introduced.
    steps
        Shapes of finite steps such as ``h``.
    condition
        Two index letters, and whether they are the same, in a case that the text names.
    sizes
        Sizes that the text fixes, as in "for ``N = 1``".
    work
        What may still be done for this write-up.
    memory
        What is kept for the equalities that follow.
    total_only
        Whether no quantity on the way may be held fixed in a derivative.
    entries
        How many values of the free indices are tried.
    most_pairs
        How many pairs of readings are tried at most; ``None`` for all.
    ranges
        What the free indices of an equality were found to run over.
    """

    views: tuple[View, ...]
    steps: dict[str, tuple[str, str]]
    condition: tuple[str, str, bool] | None
    sizes: dict[str, int]
    work: Work
    memory: Memory = field(default_factory=Memory)
    total_only: bool = False
    entries: int = MAXIMAL_ENTRIES
    most_pairs: int | None = None
    ranges: dict[tuple, tuple[View, dict[str, str | None]]] = field(default_factory=dict)


@dataclass
class Attempt:
    """The two sides, evaluated in one view under one pair of readings, for each assignment of the free indices."""

    view: View
    sides: tuple[kinds.Node, kinds.Node]
    left: list[Jet]
    right: list[Jet]
    readings: tuple[Reading, Reading]


def judge(setting: Setting, left: kinds.Node, right: kinds.Node, explained: bool = True) -> Finding:
    """Judge ``left = right``: the best verdict that some view and some reading give; where it is false, ``explained`` by what is wrong."""
    loosely = kinds.depends(left, kinds.HigherOrder) or kinds.depends(right, kinds.HigherOrder)
    trouble: list[Exception] = []
    best: str | None = None
    first_attempt: Attempt | None = None
    understood = False
    for view in setting.views:
        try:
            verdict, attempt, shape_error = _in_view(setting, view, left, right, loosely)
        except (NotUnderstood, CannotEvaluate) as error:
            trouble.append(error)
            continue
        if verdict in ORDER:
            best = verdict if best is None or ORDER.index(verdict) < ORDER.index(best) else best
            if best == HOLDS:
                return Finding(HOLDS)
        understood = True
        first_attempt = first_attempt or attempt
        if shape_error is not None:
            trouble.append(shape_error)
    entries = _entry_by_entry(setting, left, right) if understood else None
    if entries and (best is None or ORDER.index(entries.verdict) < ORDER.index(best)):
        return entries
    if best:
        return Finding(best)
    if not understood and any(isinstance(error, Unknown) for error in trouble) and _for_any(setting, left, right):
        return Finding(HOLDS)
    doubts = [error for error in trouble if not isinstance(error, (ShapeError, Unknown))]
    if not understood or doubts:
        reason = str((doubts or trouble)[0]) if trouble else ""
        return Finding(NOT_UNDERSTOOD, reason)
    if not explained:
        return Finding(FALSE)
    from matrix_checks.derivations.judging.explanations import reason

    return Finding(
        FALSE, reason(setting, left, right, first_attempt, [error for error in trouble if isinstance(error, ShapeError)])
    )


def _entry_by_entry(setting: Setting, left: kinds.Node, right: kinds.Node) -> Finding | None:
    """``\\frac{dx^T}{dx} x`` may be meant for each entry of the variable: the derivative with respect to ``x_k``."""
    derivatives = [part for side in (left, right) for part in side.everything if isinstance(part, kinds.Derivative)]
    bottoms = {part.bottom for part in derivatives}
    if len(bottoms) != 1 or not all(kinds.depends(side, kinds.Derivative) for side in (left, right)):
        return None
    (bottom,) = bottoms
    for view in setting.views:
        name = view.aliases.get(bottom.text, bottom.text) if isinstance(bottom, kinds.Name) else ""
        if name not in view.variables:
            continue
        letters = tuple(kinds.Name(letter) for letter in ("\\entry", "\\other"))
        indices = letters[:1] if "1" in view.variables[name] else letters

        def entered(node: kinds.Node) -> kinds.Node:
            if isinstance(node, kinds.Derivative):
                return kinds.Derivative(entered(node.top), kinds.Indexed(bottom, indices))
            return node.rebuilt(entered)

        try:
            verdict = _in_view(setting, view, entered(left), entered(right), False)[0]
        except (NotUnderstood, CannotEvaluate):
            continue
        if verdict in ORDER:
            return Finding(verdict, "read entry by entry")
    return None


def _for_any(setting: Setting, left: kinds.Node, right: kinds.Node) -> bool:
    """Whether it is a rule that holds for whatever the names that were not introduced may be: columns, matrices or numbers."""
    view = setting.views[0]
    taken = view.names | setting.steps.keys() | {"I", "E", "\\ones"}
    unknown = [name for name in left.names | right.names if name not in taken]
    shapes = dict.fromkeys([("1", "1"), (view.letters[0], "1"), (view.letters[0], view.letters[-1]), *view.variables.values()])
    if not 1 <= len(unknown) <= 2:
        return False
    for chosen in combinations(shapes, repeat=len(unknown)):
        try:
            free = view
            for name, shape in zip(unknown, chosen):
                free = free.with_variable(name, shape)
            if _in_view(setting, free, left, right, False)[0] == HOLDS:
                return True
        except (NotUnderstood, CannotEvaluate):
            continue
    return False


class _Side:
    """One side of an equality in one view: its values under each reading, found when they are asked for."""

    def __init__(self, setting: Setting, draw: Draw, node: kinds.Node, both: tuple[kinds.Node, kinds.Node]):
        self._setting, self._draw, self._node, self._both = setting, draw, node, both
        ways = readings(draw.view, node, *both, setting.memory)
        self._coming = (reading for reading in ways if reading.derivative == "total" or not setting.total_only)
        self._readings: list[Reading] = []
        self._found: dict[Reading, list[Jet] | None] = {}
        self._shape_error: ShapeError | None = None
        self.doubt: Exception | None = None

    def first_readings(self, number: int) -> list[Reading]:
        """At least so many of its readings, or all, the most usual first."""
        if len(self._readings) < number:
            self._readings += islice(self._coming, number - len(self._readings))
        return self._readings

    def values(self, reading: Reading) -> list[Jet] | None:
        """The values for all assignments of the free indices; ``None`` if there are none."""
        if reading not in self._found:
            self._found[reading] = None
            try:
                assignments = _assignments(self._draw, reading, self._setting, *self._both)
                self._found[reading] = _values(self._draw, reading, self._node, assignments)
            except ShapeError as error:
                self._shape_error = self._shape_error or error
            except (NotUnderstood, CannotEvaluate) as error:
                self.doubt = self.doubt or error
        return self._found[reading]

    @property
    def shape_error(self) -> ShapeError | None:
        """What is wrong with its shapes, where it has no value under any reading."""
        return None if any(values is not None for values in self._found.values()) else self._shape_error


def _in_view(setting: Setting, view: View, left, right, loosely) -> tuple[str | None, Attempt | None, ShapeError | None]:
    """The verdict over two draws; an attempt that was evaluated; what was wrong with shapes."""
    first_draw, second_draw = (make_draw(setting, view, number) for number in range(2))
    ours, theirs = (_Side(setting, first_draw, node, (left, right)) for node in (left, right))
    found: set[str] = set()
    attempt = None
    for first, second in islice(_pairs(ours, theirs), setting.most_pairs):
        one, other = ours.values(first), theirs.values(second)
        if one is None or other is None:
            continue
        attempt = attempt or Attempt(view, (left, right), one, other, (first, second))
        verdict = compared(view, left, right, one, other, loosely)
        if verdict == HOLDS and _is_transposed_jacobian(left, right, first, second):
            verdict = OTHER_LAYOUT
        if (
            verdict
            and verdict not in found
            and _again(second_draw, setting, view, left, right, first, second, loosely) in (verdict, HOLDS)
        ):
            found.add(verdict)
            if verdict == HOLDS:
                return HOLDS, attempt, None
    doubt = ours.doubt or theirs.doubt
    if doubt is not None and not found:
        raise doubt
    return next((verdict for verdict in ORDER if verdict in found), None), attempt, ours.shape_error or theirs.shape_error


def _pairs(ours: _Side, theirs: _Side) -> Iterator[tuple[Reading, Reading]]:
    """A reading of each side; the most usual ones come first, for as a rule they are the right ones."""
    for unusual in count():
        some, others = ours.first_readings(unusual + 1), theirs.first_readings(unusual + 1)
        places = range(max(0, unusual + 1 - len(others)), min(unusual + 1, len(some)))
        if not places:
            return
        for place in places:
            yield some[place], others[unusual - place]


def _is_transposed_jacobian(left: kinds.Node, right: kinds.Node, first: Reading, second: Reading) -> bool:
    """Whether one side is a Jacobian alone, read with its columns as rows, and the other has no derivative whose layout it may follow."""
    for one, reading, other in ((left, first, right), (right, second, left)):
        if isinstance(bare(one), kinds.Derivative) and reading.columns and not kinds.depends(other, kinds.Derivative):
            return True
    return False


def _again(draw, setting, view, left, right, first, second, loosely) -> str | None:
    try:
        few = replace(setting, entries=min(setting.entries, ENTRIES_AGAIN))
        ours, theirs = evaluated(few, draw, (left, right), (first, second))
    except ShapeError:
        return None
    return compared(view, left, right, ours, theirs, loosely)


def evaluated(setting: Setting, draw: Draw, sides: tuple[kinds.Node, kinds.Node], ways: tuple[Reading, Reading]) -> list[list[Jet]]:
    """The values of both sides for all assignments of the free indices."""
    return [_values(draw, reading, node, _assignments(draw, reading, setting, *sides)) for reading, node in zip(ways, sides)]


def make_draw(setting: Setting, view: View, number: int, equal: bool = False) -> Draw:
    """Random numbers with sizes that all differ, or that are all equal."""
    sizes = {letter: 3 if equal else SIZES[number % 2][place % 5] for place, letter in enumerate(view.letters)}
    for letter, size in setting.sizes.items():
        if letter in sizes:
            sizes[letter] = size
    key = (id(view), number, tuple(sizes.values()), tuple(sorted(setting.steps.items())))
    # The view is kept along, so that its id is not given to another.
    _, values, found = setting.memory.found.setdefault(key, (view, {}, {}))
    return Draw(view, sizes, number, setting.work, values, setting.steps, found, setting.memory)


def _assignments(draw: Draw, reading: Reading, setting: Setting, left: kinds.Node, right: kinds.Node) -> list[dict[str, int]]:
    """All values of the free indices, counted from zero."""
    key = ("assignments", left, right, reading, setting.entries, setting.condition)
    if key not in draw.found:
        draw.found[key] = _found_assignments(draw, reading, setting, left, right)
    return draw.found[key]


def _found_assignments(draw: Draw, reading: Reading, setting: Setting, left: kinds.Node, right: kinds.Node) -> list[dict[str, int]]:
    letters = tuple(draw.sizes)
    free = dict.fromkeys((*free_indices(left, letters), *free_indices(right, letters)))
    free = [index for index in free if index not in draw.view.variables]
    if not free:
        return [{}]
    key = (id(draw.view), reading, left, right)
    if key not in setting.ranges:
        # Other indices are set to the first value while the range of one is looked for.
        evaluator = Evaluator(draw, reading, indices=dict.fromkeys(free, 0))
        # The view is kept along, so that its id is not given to another.
        setting.ranges[key] = (draw.view, {index: evaluator.range_of(index, (left, right)) for index in free})
    ranges = setting.ranges[key][1]
    missing = [index for index in free if ranges[index] is None]
    usable = [letter for letter in ranges.values() if letter is not None]
    if missing and not usable and not setting.condition:
        raise NotUnderstood(f"it is not said what the index {missing[0]} runs over")
    sizes = [draw.size(ranges[index] or usable[0]) for index in free]
    found = [dict(zip(free, places)) for places in np.ndindex(*sizes)]
    if setting.condition:
        one, other, equal = setting.condition
        if one in free and other in free:
            found = [each for each in found if (each[one] == each[other]) == equal]
    return found if len(found) <= setting.entries else Random(0).sample(found, setting.entries)


def _values(draw: Draw, reading: Reading, node: kinds.Node, assignments: list[dict[str, int]]) -> list[Jet]:
    values = []
    for indices in assignments:
        evaluator = Evaluator(draw, reading, indices=indices)
        if len(indices) == 1 and reading.implicit:
            ((index, place),) = indices.items()
            letter = evaluator.range_of(index, (node,))
            sizes = {draw.size(letter)} if letter else set()
            evaluator.entry_at(place, sizes.pop() if sizes else len(assignments))
        values.append(evaluator.value(node))
    return values
