"""Whether one equality is true under some admissible interpretation of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import count, islice

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import bare
from matrix_checks.derivations.judging.interpretations import OF_ANY_SIZE
from matrix_checks.derivations.judging.labels import has_sizes_as_arrays, labelled
from matrix_checks.derivations.judging.lemmas import holds_as_rule, judge_lemma
from matrix_checks.derivations.judging.one_meaning import has_another_meaning
from matrix_checks.derivations.judging.sides import Numbers, Pair, Setting, Side, evaluated, make_numbers
from matrix_checks.derivations.judging.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD, ORDER, OTHER_LAYOUT, Equality, compared
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.jets import CannotEvaluate, Jet, ShapeError
from matrix_checks.derivations.values.sample import DoesNotFit, Unknown, UnknownSize

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
            isinstance(bare(one), kinds.Derivative) and interpretation.columns and not kinds.depends(other, kinds.Derivative)
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


@dataclass(frozen=True)
class Decision:
    """The verdict on one equality, and what it rests on.

    A false verdict is not yet a false step: it needs its certificate. The conditions are checked here:

    1. Every token is understood: :meth:`matrix_checks.derivations.judging.reader.Reader._read_member`, before anything is decided.
    2. Every letter is declared: :func:`decide_as_read`, which takes an ``Unknown`` for a doubt only where no view can do without the letter.
       Other letters have shapes by certain evidence: :func:`matrix_checks.derivations.judging.lemmas.judge_lemma`.
    3. It is false under every interpretation, in every view: :func:`decide_as_read`, from the outcomes of all views.
    4. Nothing around it may change its meaning: :mod:`matrix_checks.derivations.judging.certificate`, afterwards.

    Attributes
    ----------
    equality
        What was decided.
    verdict
        See :mod:`matrix_checks.derivations.judging.verdicts`.
    reason
        Why it was not understood, or how it was read; what makes it false is left to
        :func:`matrix_checks.derivations.judging.explanations.explain`.
    attempt
        Of a false equality, the first attempt under which both sides have values.
    shape_errors
        Of a false equality, what is wrong with shapes, view by view.
    views
        Of a false equality in letters that nobody declared, the views in which they have shapes.
    as_written
        Whether its sides stand in the text as they were read.
    """

    equality: Equality
    verdict: str
    reason: str = ""
    attempt: Attempt | None = None
    shape_errors: tuple[ShapeError, ...] = ()
    views: tuple[View, ...] = ()
    as_written: bool = True


def decide_as_read(setting: Setting, left: kinds.Node, right: kinds.Node) -> Decision:
    """Decide ``left = right``: the best verdict that some view and some interpretation give."""
    equality = Equality(left, right)
    equality = replace(equality, loosely=equality.has(kinds.HigherOrder))
    if has_sizes_as_arrays(setting, equality):
        return _as_lemma(setting, equality)
    outcomes: list[Outcome] = []
    troubles: list[NotUnderstood | CannotEvaluate] = []
    for view in setting.views:
        try:
            outcome = _in_view(setting, view, equality)
        except (NotUnderstood, CannotEvaluate) as error:
            troubles.append(error)
            continue
        if outcome.verdict == HOLDS:
            if not has_another_meaning(setting.memory, setting.views, view, equality, partial(_verdict_in_view, setting)):
                return Decision(equality, HOLDS)
            troubles.append(NotUnderstood("it holds only where a variable is something else than before"))
            continue
        outcomes.append(outcome)
    if not outcomes:
        return _without_outcome(setting, equality, troubles)
    best = _best([outcome.verdict for outcome in outcomes])
    entries = _entry_by_entry(setting, equality)
    if entries is not None and _best([best, entries]) != best:
        return Decision(equality, entries, "read entry by entry")
    if best is not None:
        return Decision(equality, best)
    doubts = _doubts(troubles)
    if any(outcome.attempt is not None for outcome in outcomes):
        # In another view it has a value.
        doubts = [error for error in doubts if not isinstance(error, DoesNotFit)]
    if doubts:
        return Decision(equality, NOT_UNDERSTOOD, str(doubts[0]))
    if all(outcome.attempt is None for outcome in outcomes):
        if holds_as_rule(setting, equality, _verdict_in_view):
            return Decision(equality, HOLDS, "as a general rule")
        # An entry of what one view lacks is asked for by its capital letter.
        strangers = [
            error
            for error in troubles
            if isinstance(error, Unknown) and _names(setting).isdisjoint((error.name, error.name.lower()))
        ]
        if strangers:
            return Decision(equality, NOT_UNDERSTOOD, str(strangers[0]))
        if _undeclared(setting, equality):
            # What does not fit was found before the letter was.
            return _as_lemma(setting, equality)
    attempt = next((outcome.attempt for outcome in outcomes if outcome.attempt is not None), None)
    shape_errors = tuple(outcome.shape_error for outcome in outcomes if outcome.shape_error is not None)
    return Decision(equality, FALSE, attempt=attempt, shape_errors=shape_errors)


def holds(setting: Setting, left: kinds.Node, right: kinds.Node) -> bool:
    """Whether ``left = right`` holds in some view, under some interpretation."""
    for view in setting.views:
        try:
            if _in_view(setting, view, Equality(left, right)).verdict == HOLDS:
                return True
        except (ShapeError, NotUnderstood, CannotEvaluate):
            continue
    return False


def _best(verdicts: list[str | None]) -> str | None:
    return min((verdict for verdict in verdicts if verdict is not None), key=ORDER.index, default=None)


def _doubts(troubles: list[NotUnderstood | CannotEvaluate]) -> list[NotUnderstood | CannotEvaluate]:
    """What may be the reader's fault; that a letter is not declared in one view is none, where another view has it."""
    return [error for error in troubles if not isinstance(error, Unknown)]


def _without_outcome(setting: Setting, equality: Equality, troubles: list[NotUnderstood | CannotEvaluate]) -> Decision:
    """What can be said of an equality that no view gives values to."""
    if any(isinstance(error, (Unknown, UnknownSize)) for error in troubles):
        return _as_lemma(setting, equality)
    reasons = _doubts(troubles) or troubles
    return Decision(equality, NOT_UNDERSTOOD, str(reasons[0]) if reasons else "")


def _entry_by_entry(setting: Setting, equality: Equality) -> str | None:
    """``\\frac{dx^T}{dx} x`` may be meant for each entry of the variable: the derivative with respect to ``x_k``."""
    bottoms = [{part.bottom for part in side.everything if isinstance(part, kinds.Derivative)} for side in equality.sides]
    if len(bottoms[0]) != 1 or bottoms[0] != bottoms[1]:
        return None
    (bottom,) = bottoms[0]
    for view in setting.views:
        shape = view.variables.get(view.aliases.get(bottom.text, bottom.text)) if isinstance(bottom, kinds.Name) else None
        if shape is None:
            continue
        letters = (kinds.Name("\\entry"), kinds.Name("\\other"))
        entry = kinds.Indexed(bottom, letters[:1] if "1" in shape else letters)
        try:
            verdict = _in_view(setting, view, Equality(_by(entry, equality.left), _by(entry, equality.right))).verdict
        except (NotUnderstood, CannotEvaluate):
            continue
        if verdict is not None:
            return verdict
    return None


def _by(entry: kinds.Node, node: kinds.Node) -> kinds.Node:
    """The same expression with its derivatives taken with respect to an entry."""
    if isinstance(node, kinds.Derivative):
        return kinds.Derivative(_by(entry, node.top), entry)
    return node.rebuilt(lambda part: _by(entry, part))


def _as_lemma(setting: Setting, equality: Equality) -> Decision:
    equality = labelled(equality, frozenset().union(*(view.names for view in setting.views)))
    found = judge_lemma(setting, equality, _verdict_in_view)
    return Decision(equality, found.verdict, found.reason, views=(found.view,) if found.view else ())


def _names(setting: Setting) -> frozenset[str]:
    return OF_ANY_SIZE.union(setting.steps, *(view.names for view in setting.views))


def _undeclared(setting: Setting, equality: Equality) -> bool:
    """Whether a name stands for nothing, and for no entry of anything, in any view."""
    known = _names(setting)
    return any(not {name, name.upper()} & known for side in equality.sides for name in side.names)


def _verdict_in_view(setting: Setting, view: View, equality: Equality) -> str | None:
    return _in_view(setting, view, equality).verdict


def _in_view(setting: Setting, view: View, equality: Equality) -> Outcome:
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
        raise doubt
    return Outcome(_best(list(found)), usual, ours.shape_error or theirs.shape_error)


def _attempts(setting: Setting, view: View, equality: Equality, ours: Side, theirs: Side) -> Iterator[Attempt]:
    """The pairs of interpretations under which both sides have values."""
    for pair in islice(_pairs(ours, theirs), setting.search.most_pairs):
        if pair[0].varying != pair[1].varying:
            # The same variables change on both sides.
            continue
        if _holds_on_all_ways(view, equality, pair):
            continue
        left, right = ours.values(pair[0]), theirs.values(pair[1])
        if left is not None and right is not None:
            yield Attempt(view, equality, pair, left, right)


def _holds_on_all_ways(view: View, equality: Equality, pair: Pair) -> bool:
    """Whether other quantities are held fixed in the derivative of the loss, too, where a chain rule says what that is."""
    if {interpretation.derivative for interpretation in pair} != {"direct"}:
        return False
    for one, other in (equality.sides, equality.sides[::-1]):
        top = bare(one.top) if isinstance(one, kinds.Derivative) else None
        is_loss = isinstance(top, kinds.Name) and view.aliases.get(top.text, top.text) == "L"
        if is_loss and any(isinstance(part, kinds.Derivative) and bare(part.top) != top for part in other.everything):
            return True
    return False


def _pairs(ours: Side, theirs: Side) -> Iterator[Pair]:
    """An interpretation of each side; the most usual ones come first, for as a rule they are the right ones."""
    for unusual in count():
        some, others = ours.first_interpretations(unusual + 1), theirs.first_interpretations(unusual + 1)
        places = range(max(0, unusual + 1 - len(others)), min(unusual + 1, len(some)))
        if not places:
            return
        for place in places:
            yield some[place], others[unusual - place]


def _again(setting: Setting, numbers: Numbers, attempt: Attempt) -> str | None:
    """The verdict of other numbers under the same interpretations."""
    few = replace(setting, search=replace(setting.search, entries=min(setting.search.entries, ENTRIES_AGAIN)))
    try:
        left, right = evaluated(few, numbers, attempt.equality, attempt.pair)
    except ShapeError:
        return None
    return compared(attempt.view, attempt.equality, left, right)
