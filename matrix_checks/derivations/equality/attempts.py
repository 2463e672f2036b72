"""One equality in one view: its sides evaluated under each pair of interpretations, on two samples of numbers."""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count, islice

from matrix_checks.derivations.equality.sides import Numbers, Pair, Setting, Side, evaluated, make_numbers
from matrix_checks.derivations.equality.verdicts import HOLDS, ORDER, OTHER_LAYOUT, Equality, compared
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import bare
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.jets import Jet, ShapeError
from matrix_checks.derivations.values.sample import Interpretation

# A second sample of numbers rules out coincidences, of these numbers or of these sizes. A few entries are enough for that.
ENTRIES_AGAIN = 4


@dataclass
class Attempt:
    """An equality evaluated in one view under one pair of interpretations: the values of its sides for each assignment."""

    view: View
    equality: Equality
    pair: Pair
    left: list[Jet]
    right: list[Jet]

    @property
    def verdict(self) -> str | None:
        """What these values say; ``None`` where they differ."""
        verdict = compared(self.view, self.equality, self.left, self.right)
        return OTHER_LAYOUT if verdict == HOLDS and self._is_transposed_jacobian else verdict

    @property
    def _is_transposed_jacobian(self) -> bool:
        """Whether a side is a Jacobian alone, its columns read as rows, and the other has no derivative whose layout it may follow."""
        left, right = self.equality.sides
        return any(
            isinstance(bare(one), kinds.Derivative) and interpretation.columns and kinds.Derivative not in other.kinds
            for one, interpretation, other in zip((left, right), self.pair, (right, left))
        )


@dataclass(frozen=True)
class Outcome:
    """What was found in one view.

    Attributes
    ----------
    verdict
        The best verdict of any pair of interpretations; ``None`` where the sides differ under each.
    attempt
        The most usual pair of interpretations under which both sides have values.
    shape_error
        What is wrong with the shapes of a side that has no value under any interpretation.
    """

    verdict: str | None
    attempt: Attempt | None
    shape_error: ShapeError | None


def in_view(setting: Setting, view: View, equality: Equality) -> Outcome:
    """The outcome over two samples of numbers; what keeps it from having one is raised."""
    first, second = (make_numbers(setting, view, number) for number in range(2))
    ours, theirs = (Side(setting, first, node, equality) for node in equality.sides)
    found: set[str] = set()
    usual: Attempt | None = None
    for attempt in _attempts(setting, view, equality, ours, theirs):
        usual = usual or attempt
        verdict = attempt.verdict
        if verdict is not None and verdict not in found and _again(setting, second, attempt) in (verdict, HOLDS):
            found.add(verdict)
        if HOLDS in found:
            return Outcome(HOLDS, usual, None)
    doubt = ours.doubt or theirs.doubt
    if doubt is not None and not found:
        # What is raised again from here would hold on to this frame, and the frame to it: garbage that only a collection finds.
        raise copy(doubt)
    return Outcome(best(list(found)), usual, ours.shape_error or theirs.shape_error)


def verdict_in_view(setting: Setting, view: View, equality: Equality) -> str | None:
    """The best verdict of any pair of interpretations; ``None`` where the sides differ under each."""
    return in_view(setting, view, equality).verdict


def best(verdicts: list[str | None]) -> str | None:
    """The one that counts of several; ``None`` where all are."""
    return min((verdict for verdict in verdicts if verdict is not None), key=ORDER.index, default=None)


def _attempts(setting: Setting, view: View, equality: Equality, ours: Side, theirs: Side) -> Iterator[Attempt]:
    """The pairs of interpretations under which both sides have values, each pair of values once."""
    left, right = Candidates(ours), Candidates(theirs)
    tried: set[tuple[int, int, bool, bool]] = set()
    for one, other in islice(_pairs(left, right), setting.search.most_pairs):
        if one.varying is not other.varying and one.varying != other.varying:
            # The same variables change on both sides.
            continue
        if "direct" in (one.derivative, other.derivative) and _holds_on_all_ways(
            view, *equality.sides, one.derivative, other.derivative
        ):
            continue
        ours_found, theirs_found = left.values(one), right.values(other)
        if ours_found is None or theirs_found is None:
            continue
        # Interpretations that differ in nothing that matters for a side have the same values, which are one object.
        key = (id(ours_found), id(theirs_found), one.columns, other.columns)
        if key not in tried:
            tried.add(key)
            yield Attempt(view, equality, (one, other), ours_found, theirs_found)


class Candidates:
    """The interpretations of a side that may still lead to another pair of values, by their places.

    There may be thousands on each side, and millions of pairs. Those without values lead to nothing, and of those that differ
    in nothing that is looked at here the first one does for all.

    Parameters
    ----------
    side
        Finds the values.
    """

    def __init__(self, side: Side):
        self._side = side
        self.by_place: dict[int, Interpretation] = {}
        self._places: dict[Interpretation, int] = {}
        self._seen: set[tuple[object, ...]] = set()
        self._known: set[int] = set()

    def reach(self, number: int) -> int:
        """Take in so many interpretations, or all, the most usual first; returns how many there are."""
        coming = self._side.first_interpretations(number)[:number]
        for place in range(len(self._places), len(coming)):
            self.by_place[place] = coming[place]
            self._places[coming[place]] = place
        return len(self._places)

    def values(self, interpretation: Interpretation) -> list[Jet] | None:
        """The values; ``None`` where there are none, or where an interpretation before has the same."""
        found = self._side.values(interpretation)
        place = self._places[interpretation]
        if place not in self._known:
            self._known.add(place)
            # Equal values of one side are one object.
            key = (id(found), interpretation.varying, interpretation.derivative, interpretation.columns)
            if found is None or key in self._seen:
                del self.by_place[place]
            self._seen.add(key)
        return found if place in self.by_place else None


@lru_cache(maxsize=100)
def _holds_on_all_ways(view: View, left: kinds.Node, right: kinds.Node, ours: str, theirs: str) -> bool:
    """Whether nothing may be held fixed in its derivatives, where a chain rule says what the derivative of the loss is.

    Parameters
    ----------
    view, left, right
        The two sides, and where they are looked at.
    ours, theirs
        Whether other quantities are held fixed in the derivatives on each side; on one of them they are.
    """
    derivatives = [part for side in (left, right) for part in side.everything if isinstance(part, kinds.Derivative)]
    if not any(_is_loss(view, part) for part in derivatives):
        return False
    for one, other, derivative in ((left, right, ours), (right, left, theirs)):
        is_loss = isinstance(one, kinds.Derivative) and _is_loss(view, one)
        if is_loss and derivative == "direct" and kinds.Derivative in other.kinds:
            return True
    # Through the output alone: the derivative of the output is by all ways, too.
    is_chain = len(set(derivatives)) > 1 and all(_is_loss(view, part) for part in derivatives) is False
    return is_chain and not any(_passes_by(view, part) for part in derivatives)


def _is_loss(view: View, part: kinds.Derivative) -> bool:
    top = bare(part.top)
    return isinstance(top, kinds.Name) and view.aliases.get(top.text, top.text) == "L"


def _passes_by(view: View, part: kinds.Derivative) -> bool:
    """Whether a derivative is of, or by, a quantity on the way: where there are several ways, each is a partial derivative."""
    outputs = {view.aliases.get(name, name) for loss in view.definitions.get("L", ()) for name in loss.body.names}
    for node in (part.top, part.bottom):
        names = {view.aliases.get(name, name) for name in node.names}
        if any(name in view.definitions and name not in outputs | {"L"} for name in names):
            return True
    return False


def _pairs(ours: Candidates, theirs: Candidates) -> Iterator[Pair]:
    """An interpretation of each side; the most usual ones come first, for as a rule they are the right ones."""
    for unusual in count():
        some, others = ours.reach(unusual + 1), theirs.reach(unusual + 1)
        if unusual >= some + others - 1:
            return
        for place, one in list(ours.by_place.items()):
            other = theirs.by_place.get(unusual - place)
            if other is not None and place in ours.by_place:
                yield one, other


def _again(setting: Setting, numbers: Numbers, attempt: Attempt) -> str | None:
    """The verdict of other numbers under the same interpretations."""
    few = replace(setting, search=replace(setting.search, entries=min(setting.search.entries, ENTRIES_AGAIN)))
    try:
        left, right = evaluated(few, numbers, attempt.equality, attempt.pair)
    except ShapeError:
        return None
    return compared(attempt.view, attempt.equality, left, right)
