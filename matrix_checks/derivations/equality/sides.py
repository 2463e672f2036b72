"""The two sides of an equality: what they stand for entry by entry, and their values for random numbers under an interpretation."""

from dataclasses import dataclass, field
from itertools import islice
from math import prod
from random import Random
from typing import Any

import numpy as np

from matrix_checks.derivations.equality.interpretations import interpretations
from matrix_checks.derivations.equality.ranges import range_beside_delta
from matrix_checks.derivations.equality.verdicts import Equality
from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.prose.prose import Case
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values.evaluate import Evaluator
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.jets import CannotEvaluate, Jet, ShapeError
from matrix_checks.derivations.values.sample import DoesNotFit, Interpretation, Memory, Sample, Unknown, Work
from matrix_checks.derivations.values.what_matters import Matters, what_matters

# The same where what is inverted has to be higher than wide.
HIGH = ((4, 3, 2, 5, 6, 7, 8), (5, 4, 3, 6, 7, 8, 9))
SIZES = ((3, 2, 4, 5, 6, 7, 8), (2, 4, 3, 6, 5, 8, 7))
MAXIMAL_ENTRIES = 120
# All of them are listed, and some are drawn.
MOST_ASSIGNMENTS = 20_000
# So many interpretations are tried before a name that stands for nothing in each of them is given up.
MOST_STRANGERS = 3
_Trouble = ShapeError | NotUnderstood | CannotEvaluate
# The values of the free indices, by their letters, counted from zero.
Assignment = dict[str, int]
Pair = tuple[Interpretation, Interpretation]


@dataclass
class Kept:
    """What is kept for all equalities of a text that are tried with the same random numbers.

    Attributes
    ----------
    values, found
        Numbers of variables, and values of expressions.
    assignments
        The assignments of the free indices.
    """

    values: dict[str, Jet] = field(default_factory=dict)
    found: dict[Any, Any] = field(default_factory=dict)
    assignments: dict[tuple, list[Assignment]] = field(default_factory=dict)


@dataclass(frozen=True)
class Search:
    """How far an equality is tried.

    Attributes
    ----------
    total_only
        Whether no quantity on the way may be held fixed in a derivative.
    entries
        How many assignments of the free indices are tried.
    most_pairs
        How many pairs of interpretations are tried at most; ``None`` for all.
    """

    total_only: bool = False
    entries: int = MAXIMAL_ENTRIES
    most_pairs: int | None = None


@dataclass
class Setting:
    """What the text around an equality says, and how far the equality is tried.

    Attributes
    ----------
    views
        The exercise with what the student introduced.
    steps
        Shapes of finite steps such as ``h``.
    case, beside
        The case that the text names, and one that holds beside it.
    sizes
        Sizes that the text fixes, as in "for ``N = 1``".
    work
        What may still be done for this equality.
    memory
        What is learned for the equalities that follow.
    kept
        By what the random numbers are for: what is kept for the equalities that follow.
    search
        How far it is tried.
    ranges
        What the free indices of an equality were found to run over.
    own
        Names that the text introduced.
    """

    views: tuple[View, ...]
    steps: dict[str, tuple[str, str]]
    case: Case | None
    sizes: dict[str, int]
    work: Work
    memory: Memory
    kept: dict[tuple, Kept]
    search: Search = Search()
    ranges: dict[tuple, dict[str, str | None]] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    beside: Case | None = None


@dataclass
class Numbers:
    """Random numbers for one view, and the assignments of free indices that were found for them."""

    draw: Sample
    assignments: dict[tuple, list[Assignment]]


def make_numbers(setting: Setting, view: View, number: int) -> Numbers:
    """Random numbers with sizes that all differ, but for those that the text fixes."""
    usual = HIGH if setting.memory.inverts else SIZES
    # A statement of letters of which only the shapes were said has none of the exercise's arrays, and sizes of it nevertheless.
    said = {letter: None for shape in setting.steps.values() for letter in shape if letter in (view.origin or view).letters}
    letters = dict.fromkeys((*view.letters, *said))
    sizes = {letter: usual[number % 2][place % 7] for place, letter in enumerate(letters)}
    for letter, size in setting.sizes.items():
        meant = letter if letter in sizes else view.aliases.get(letter, letter)
        if meant in sizes:
            sizes[meant] = size
    key = (view, number, tuple(sizes.values()), tuple(sorted(setting.steps.items())))
    kept = setting.kept.get(key)
    if kept is None:
        kept = setting.kept[key] = Kept()
    draw = Sample(view, sizes, number, setting.work, kept.values, setting.steps, kept.found, setting.memory)
    return Numbers(draw, kept.assignments)


def usual_value(setting: Setting, view: View, node: Node, number: int = 0) -> Jet:
    """The value of an expression on a sample, as it is usually read; raises ``ValueError`` or ``ArithmeticError`` where it has none."""
    return Evaluator(make_numbers(setting, view, number).draw, Interpretation()).value(node)


class Side:
    """One side of an equality in one view: its values under each interpretation, found when they are asked for.

    Interpretations that differ in nothing that matters for it have the same values, which are one object and found once.

    Attributes
    ----------
    doubt
        Why it has no value under some interpretation, where that says nothing about the write-up.
    """

    def __init__(self, setting: Setting, numbers: Numbers, node: Node, equality: Equality):
        self._setting, self._numbers, self._node, self._equality = setting, numbers, node, equality
        ways = interpretations(numbers.draw.view, node, equality, setting.memory)
        self._coming = (each for each in ways if each.derivative == "total" or not setting.search.total_only)
        self._interpretations: list[Interpretation] = []
        self._found: dict[Interpretation, list[Jet] | None] = {}
        self._distinct: dict[tuple[object, ...], list[Jet] | _Trouble] = {}
        self._own = what_matters(numbers.draw.view, node)
        self._of_both = _matters_to_assignments(numbers, equality)
        self._shape_error: ShapeError | None = None
        self._strangers = 0
        self.doubt: NotUnderstood | CannotEvaluate | None = None

    def first_interpretations(self, number: int) -> list[Interpretation]:
        """At least so many of its interpretations, or all, the most usual first."""
        if len(self._interpretations) < number and not self._is_hopeless:
            self._interpretations += islice(self._coming, number - len(self._interpretations))
        return self._interpretations

    def values(self, interpretation: Interpretation) -> list[Jet] | None:
        """The values for all assignments of the free indices; ``None`` if there are none."""
        if interpretation not in self._found:
            found = self._first_or_again(interpretation)
            self._found[interpretation] = found if isinstance(found, list) else None
            if isinstance(found, ShapeError):
                self._shape_error = self._shape_error or found
            elif not isinstance(found, list):
                self.doubt = self.doubt or found
                self._strangers += isinstance(found, Unknown)
        return self._found[interpretation]

    def _first_or_again(self, interpretation: Interpretation) -> "list[Jet] | _Trouble":
        """The values, or why there are none, as they were found for an interpretation that differs in nothing that matters."""
        # The other side may have said in between which sizes are meant by letters of the text's own.
        known = len(self._setting.memory.sizes)
        key = (self._own.to(interpretation), self._of_both and self._of_both.to(interpretation), known)
        found = self._distinct.get(key)
        if found is None:
            try:
                found = _values(self._setting, self._numbers, self._node, self._equality, interpretation)
            except (ShapeError, NotUnderstood, CannotEvaluate) as error:
                found = error.with_traceback(None)
            self._distinct[key] = found
        return found

    @property
    def _is_hopeless(self) -> bool:
        """Whether a name of it stands for nothing, however it is read."""
        return self._strangers >= MOST_STRANGERS and self._strangers == len(self._found)

    @property
    def shape_error(self) -> ShapeError | None:
        """What is wrong with its shapes, where it has no value under any interpretation."""
        return None if any(values is not None for values in self._found.values()) else self._shape_error


def evaluated(setting: Setting, numbers: Numbers, equality: Equality, pair: Pair) -> tuple[list[Jet], list[Jet]]:
    """The values of both sides for all assignments of the free indices."""
    ours, theirs = (_values(setting, numbers, node, equality, interpretation) for node, interpretation in zip(equality.sides, pair))
    return ours, theirs


def _values(setting: Setting, numbers: Numbers, node: Node, equality: Equality, interpretation: Interpretation) -> list[Jet]:
    draw = numbers.draw
    of_both = _matters_to_assignments(numbers, equality)
    assignments = _assignments(setting, numbers, equality, of_both.to(interpretation)) if of_both else [{}]
    # What is kept by the interpretation is found again under all that differ in nothing that matters.
    interpretation = what_matters(draw.view, node).to(interpretation)
    values = []
    for indices in assignments:
        evaluator = Evaluator(draw, interpretation, indices=indices)
        if len(indices) == 1 and interpretation.implicit:
            ((index, place),) = indices.items()
            letter = evaluator.range_of(index, (node,))
            evaluator.entry_at(place, draw.size(letter) if letter else len(assignments))
        values.append(evaluator.value(node))
    return values


def _assignments(setting: Setting, numbers: Numbers, equality: Equality, interpretation: Interpretation) -> list[Assignment]:
    """The assignments of the free indices that are tried, from all those that the case allows."""
    key = (*equality.sides, interpretation, setting.search.entries, setting.case, setting.beside)
    found = numbers.assignments.get(key)
    if found is None:
        found = _all_assignments(setting, numbers.draw, equality, interpretation)
        if len(found) > setting.search.entries:
            found = Random(0).sample(found, setting.search.entries)
        numbers.assignments[key] = found
    return found


def _free(draw: Sample, equality: Equality) -> tuple[str, ...]:
    """The free indices of both sides."""
    letters = tuple(draw.sizes)
    free = dict.fromkeys(index for side in equality.sides for index in free_indices(side, letters))
    return tuple(index for index in free if index not in draw.view.variables)


def _matters_to_assignments(numbers: Numbers, equality: Equality) -> Matters | None:
    """What decides what the free indices run over; ``None`` where there are none."""
    draw = numbers.draw
    if not _free(draw, equality):
        return None
    ours, theirs = (what_matters(draw.view, node) for node in equality.sides)
    return ours.both(theirs)


def _all_assignments(setting: Setting, draw: Sample, equality: Equality, interpretation: Interpretation) -> list[Assignment]:
    free = _free(draw, equality)
    ranges = _ranges(setting, draw, equality, interpretation, free)
    if prod(draw.size(letter) for letter in ranges) > MOST_ASSIGNMENTS:
        raise NotUnderstood("so many free indices were not understood")
    found = [dict(zip(free, places)) for places in np.ndindex(*(draw.size(letter) for letter in ranges))]
    for case in (setting.case, setting.beside):
        one, other, equal = case or ("", "", True)
        if one in free and other in free:
            found = [each for each in found if (each[one] == each[other]) == equal]
    if not found:
        # An index of the only column differs from no other.
        raise DoesNotFit("no values of the indices are as the case says")
    return found


def _ranges(setting: Setting, draw: Sample, equality: Equality, interpretation: Interpretation, free: tuple[str, ...]) -> list[str]:
    """The letters of the sizes that the free indices run over; in a case, one that is said of no size runs over another's."""
    key = (draw.view, interpretation, *equality.sides)
    if key not in setting.ranges:
        # Other indices are set to the first value while the range of one is looked for.
        evaluator = Evaluator(draw, interpretation, indices=dict.fromkeys(free, 0))
        setting.ranges[key] = {index: evaluator.range_of(index, equality.sides) for index in free}
    ranges = setting.ranges[key]
    for index in free:
        ranges[index] = ranges[index] or range_beside_delta(Evaluator(draw, interpretation, indices={index: 0}), equality, index)
    missing = [index for index in free if ranges[index] is None]
    usable = [letter for letter in ranges.values() if letter is not None]
    # Nor of deltas alone, with the same indices on both sides: \\delta_{ik} = \\delta_{ki}.
    ours, theirs = (set(free_indices(side, tuple(draw.sizes))) for side in equality.sides)
    is_of_indices = ours == theirs and equality.left.names | equality.right.names <= ours
    if missing and not usable and not setting.case and not is_of_indices:
        raise NotUnderstood(f"it is not said what the index {missing[0]} runs over")
    # In a case of which nothing else says what its indices run over, any size will do.
    return [ranges[index] or (usable or list(draw.sizes))[0] for index in free]
