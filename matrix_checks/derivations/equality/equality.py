"""Whether one equality is true under some admissible interpretation of it."""

from dataclasses import dataclass, replace
from functools import partial

from matrix_checks.derivations.equality.attempts import Attempt, Outcome, best, in_view, verdict_in_view
from matrix_checks.derivations.equality.interpretations import OF_ANY_SIZE
from matrix_checks.derivations.equality.labels import has_sizes_as_arrays, labelled
from matrix_checks.derivations.equality.lemmas import holds_as_rule, judge_lemma
from matrix_checks.derivations.equality.one_meaning import has_another_meaning, is_meant_as_usual, is_of_entries
from matrix_checks.derivations.equality.sides import Setting
from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD, ORDER, Equality
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.jets import CannotEvaluate, ShapeError
from matrix_checks.derivations.values.sample import DoesNotFit, Unknown, UnknownSize

OTHER_VARIABLE = "it holds only where a variable is something else than before"
TRUE_OF_OTHERS = "it is true of letters in other shapes than the exercise's"


@dataclass(frozen=True)
class Decision:
    """The verdict on one equality, and what it rests on.

    A false verdict is not yet a false step: it needs its certificate. The conditions are checked here:

    1. Every token is understood: :meth:`matrix_checks.derivations.judging.chain_reader.ChainReader._read_member`, before anything is decided.
    2. Every letter is declared: :func:`decide_as_read`, which takes an ``Unknown`` for a doubt only where no view can do without the letter.
       Other letters have shapes by certain evidence: :func:`matrix_checks.derivations.equality.lemmas.judge_lemma`.
    3. It is false under every interpretation, in every view: :func:`decide_as_read`, from the outcomes of all views.
    4. Nothing around it may change its meaning: :mod:`matrix_checks.derivations.certificate.certificate`, afterwards.

    Attributes
    ----------
    equality
        What was decided.
    verdict
        See :mod:`matrix_checks.derivations.equality.verdicts`.
    reason
        Why it was not understood, or how it was read; what makes it false is left to
        :func:`matrix_checks.derivations.reasons.explanations.explain`.
    attempt
        Of a false equality, the first attempt under which both sides have values.
    shape_errors
        Of a false equality, what is wrong with shapes, view by view.
    views
        Of a false equality, the views that the text means: those in which letters that nobody declared have shapes; empty for all.
    as_written
        Whether its sides stand in the text as they were read.
    sizes
        Of a false equality, the sizes that the text fixes by what it names, for which it is false.
    """

    equality: Equality
    verdict: str
    reason: str = ""
    attempt: Attempt | None = None
    shape_errors: tuple[ShapeError, ...] = ()
    views: tuple[View, ...] = ()
    as_written: bool = True
    sizes: tuple[tuple[str, int], ...] = ()


def best_of(decisions: list[Decision]) -> Decision:
    """The first decision with the best verdict."""
    return min(decisions, key=lambda decision: ORDER.index(decision.verdict) if decision.verdict in ORDER else len(ORDER))


def decide_as_read(setting: Setting, left: kinds.Node, right: kinds.Node) -> Decision:
    """Decide ``left = right``: the best verdict that some view and some interpretation give."""
    equality = Equality(left, right)
    equality = replace(equality, loosely=equality.has(kinds.HigherOrder))
    if has_sizes_as_arrays(setting, equality):
        return _as_lemma(setting, equality)
    outcomes: list[Outcome] = []
    troubles: list[NotUnderstood | CannotEvaluate] = []
    meant: tuple[View, ...] = ()
    for view in setting.views:
        try:
            outcome = in_view(setting, view, equality)
        except (NotUnderstood, CannotEvaluate) as error:
            troubles.append(error.with_traceback(None))
            continue
        if outcome.verdict == HOLDS:
            if not has_another_meaning(setting.memory, setting.views, view, equality, partial(verdict_in_view, setting)):
                return Decision(equality, HOLDS)
            is_of_entry = any(map(is_of_entries, equality.sides))
            if is_of_entry or is_meant_as_usual(setting.memory, setting.views, view, partial(verdict_in_view, setting)):
                meant = tuple(each for each in meant or setting.views if each is not view)
            else:
                troubles.append(NotUnderstood(OTHER_VARIABLE))
            continue
        outcomes.append(outcome)
    if not outcomes:
        return _without_outcome(setting, equality, troubles)
    verdict = best([outcome.verdict for outcome in outcomes])
    entries = _entry_by_entry(setting, equality)
    if entries is not None and best([verdict, entries]) != verdict:
        return Decision(equality, entries, "read entry by entry")
    if verdict is not None:
        return Decision(equality, verdict)
    doubts = _doubts(troubles)
    if any(outcome.attempt is not None for outcome in outcomes):
        # In another view it has a value.
        doubts = [error for error in doubts if not isinstance(error, DoesNotFit)]
    if doubts:
        return Decision(equality, NOT_UNDERSTOOD, str(doubts[0]))
    if all(outcome.attempt is None for outcome in outcomes):
        found = _without_values(setting, equality, troubles)
        if found is not None:
            return found
    attempt = next((outcome.attempt for outcome in outcomes if outcome.attempt is not None), None)
    shape_errors = tuple(outcome.shape_error for outcome in outcomes if outcome.shape_error is not None)
    return Decision(equality, FALSE, attempt=attempt, shape_errors=shape_errors, views=meant)


def reads_true(setting: Setting, left: kinds.Node, right: kinds.Node) -> bool:
    """Whether ``left = right`` is decided to hold."""
    return decide_as_read(setting, left, right).verdict == HOLDS


def holds(setting: Setting, left: kinds.Node, right: kinds.Node) -> bool:
    """Whether ``left = right`` holds in some view, under some interpretation."""
    for view in setting.views:
        try:
            if in_view(setting, view, Equality(left, right)).verdict == HOLDS:
                return True
        except (ShapeError, NotUnderstood, CannotEvaluate):
            continue
    return False


def _doubts(troubles: list[NotUnderstood | CannotEvaluate]) -> list[NotUnderstood | CannotEvaluate]:
    """What may be the reader's fault; that a letter is not declared in one view is none, where another view has it."""
    return [error for error in troubles if not isinstance(error, Unknown)]


def _without_outcome(setting: Setting, equality: Equality, troubles: list[NotUnderstood | CannotEvaluate]) -> Decision:
    """What can be said of an equality that no view gives values to."""
    if any(isinstance(error, (Unknown, UnknownSize)) for error in troubles):
        return _as_lemma(setting, equality)
    reasons = _doubts(troubles) or troubles
    return Decision(equality, NOT_UNDERSTOOD, str(reasons[0]) if reasons else "")


def _without_values(setting: Setting, equality: Equality, troubles: list[NotUnderstood | CannotEvaluate]) -> Decision | None:
    """What can be said of an equality of which a side has no value in any view; ``None`` where it is false for that."""
    if holds_as_rule(setting, equality, verdict_in_view):
        return Decision(equality, HOLDS, "as a general rule")
    # An entry of what one view lacks is asked for by its capital letter.
    strangers = [
        error for error in troubles if isinstance(error, Unknown) and _names(setting).isdisjoint((error.name, error.name.lower()))
    ]
    if strangers:
        return Decision(equality, NOT_UNDERSTOOD, str(strangers[0]))
    if _undeclared(setting, equality):
        # What does not fit was found before the letter was.
        return _as_lemma(setting, equality)
    if setting.memory.speaks_of_any and holds_as_rule(setting, equality, verdict_in_view, about_any=True):
        return Decision(equality, NOT_UNDERSTOOD, TRUE_OF_OTHERS)
    return None


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
            verdict = in_view(setting, view, Equality(_by(entry, equality.left), _by(entry, equality.right))).verdict
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
    found = judge_lemma(setting, equality, verdict_in_view)
    dotted = Equality(_with_inner_products(equality.left), _with_inner_products(equality.right))
    if found.verdict == NOT_UNDERSTOOD and dotted != equality:
        # v \\cdot v of two columns.
        found = min(found, judge_lemma(setting, dotted, verdict_in_view), key=lambda each: each.verdict != HOLDS)
    return Decision(equality, found.verdict, found.reason, views=(found.view,) if found.view else ())


def _with_inner_products(node: kinds.Node) -> kinds.Node:
    """An expression with the inner product of two letters for each pair of them with a dot between."""
    if isinstance(node, kinds.Product) and node.signs == ("*",) and all(isinstance(each, kinds.Name) for each in node.factors):
        return kinds.Inner(*node.factors)
    return node.rebuilt(_with_inner_products)


def _names(setting: Setting) -> frozenset[str]:
    return OF_ANY_SIZE.union(setting.steps, *(view.names for view in setting.views))


def _undeclared(setting: Setting, equality: Equality) -> bool:
    """Whether a name stands for nothing, and for no entry of anything, in any view."""
    known = _names(setting)
    return any(not {name, name.upper()} & known for side in equality.sides for name in side.names)
