"""Statements in letters that nobody declared: true only where they are so in the most general shapes that fit."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice

from matrix_checks.derivations.equality.interpretations import OF_ANY_SIZE
from matrix_checks.derivations.equality.numbered_matrices import with_matrices_numbered
from matrix_checks.derivations.equality.sides import Setting, usual_value
from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD, OTHER_LAYOUT, Equality
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.inference import Typed, effort, typings
from matrix_checks.derivations.values.jets import CannotEvaluate, ShapeError
from matrix_checks.derivations.values.letters import Lemma, as_rule, lemma_of
from matrix_checks.derivations.values.sample import Unknown

# Of ways to take the letters, that are evaluated.
MOST_TYPINGS = 8
# What is not true in any shape may still be true of a letter that the text says more of.
NOT_TRUE = "it holds only for letters of which more is known"
Judge = Callable[[Setting, View, Equality], str | None]


@dataclass(frozen=True)
class Judged:
    """What was found of a statement in letters that nobody declared.

    Attributes
    ----------
    verdict, reason
        See :mod:`matrix_checks.derivations.equality.verdicts`.
    view
        The exercise with the letters in their most general shapes.
    """

    verdict: str
    reason: str = ""
    view: View | None = None


def judge_lemma(setting: Setting, equality: Equality, judge: Judge) -> Judged:
    """The verdict on a statement with letters that nobody declared, from the first view in which it holds.

    Parameters
    ----------
    setting, equality
        The statement.
    judge
        Finds the verdict in one view.
    """
    found: list[Judged] = []
    looked_at: set[tuple[object, ...]] = set()
    for view in setting.views:
        alike = _alike(view, equality)
        if alike is None or alike not in looked_at:
            looked_at.add(alike or ())
            found.append(_in_view(setting, view, equality, judge))
        if found[-1].verdict == NOT_UNDERSTOOD and not view.elementwise:
            numbered = _numbered(equality)
            judged = _in_view(setting, view, numbered, judge) if numbered != equality else None
            found += [judged] if judged is not None and judged.verdict == HOLDS else []
        if found[-1].verdict == HOLDS:
            return found[-1]
    return min(found, key=lambda each: (HOLDS, OTHER_LAYOUT, NOT_UNDERSTOOD, FALSE).index(each.verdict))


def _alike(view: View, equality: Equality) -> tuple[object, ...] | None:
    """What the verdict depends on in a view that has none of the names; ``None`` where it has one."""
    names = equality.left.names | equality.right.names
    if not names.isdisjoint(view.names):
        return None
    return view.elementwise, view.loose_bounds, view.masks, view.positive, tuple(view.letters)


def holds_as_rule(setting: Setting, equality: Equality, judge: Judge, about_any: bool = False) -> bool:
    """Whether a statement that has no value in the exercise's shapes holds for letters of any shapes that fit.

    Of several letters of the exercise, and no others, it is about the exercise, unless it may be ``about_any``.
    """
    for view in setting.views:
        try:
            rule = as_rule(_lemma(setting, view, equality), setting.own)
            if rule is not None and _holds_for_any(setting, rule, equality, judge, about_any):
                return True
        except (NotUnderstood, CannotEvaluate):
            continue
    return False


def _holds_for_any(setting: Setting, rule: Lemma, equality: Equality, judge: Judge, about_any: bool = False) -> bool:
    """Whether a rule holds; with several letters of the exercise, and no others, the statement is about the exercise, and no rule."""
    found = list(islice(typings(rule), MOST_TYPINGS))
    is_about_exercise = len(rule.freed) > 1 and len(rule.unknown) == len(rule.freed) and not about_any
    if is_about_exercise or _verdict(setting, found, equality, judge)[0] != HOLDS:
        return False
    # That zero is zero says nothing of shapes.
    zero = Equality(equality.left, kinds.Number(Fraction(0)))
    return _verdict(setting, found, zero, judge)[0] != HOLDS


def _in_view(setting: Setting, view: View, equality: Equality, judge: Judge) -> Judged:
    try:
        lemma = _lemma(setting, view, equality)
        found = list(islice(typings(lemma), MOST_TYPINGS + 1))
        rule = as_rule(lemma) if not found or found[0].cost > 0 else None
        if rule is not None:
            general = list(islice(typings(rule), MOST_TYPINGS))
            if general and (not found or general[0].cost < found[0].cost):
                # A usual way to take the letters, in which the exercise's own are not what they are there.
                holds = _holds_for_any(setting, rule, equality, judge)
                return Judged(HOLDS, "as a general rule") if holds else Judged(NOT_UNDERSTOOD, NOT_TRUE)
        verdict, never = _verdict(setting, found[:MOST_TYPINGS], equality, judge)
    except (NotUnderstood, CannotEvaluate) as error:
        return Judged(NOT_UNDERSTOOD, str(error))
    if verdict == HOLDS and not _holds_of_matrices(setting, view, equality, judge):
        return Judged(NOT_UNDERSTOOD, NOT_TRUE)
    if verdict in (HOLDS, OTHER_LAYOUT):
        return Judged(verdict)
    if never and len(found) <= MOST_TYPINGS and _is_claim(setting, lemma, found):
        return Judged(FALSE, view=found[0].view)
    letters = (*lemma.unknown, *lemma.sizes)
    return Judged(NOT_UNDERSTOOD, str(Unknown(letters[0])) if len(letters) == 1 else NOT_TRUE)


def _numbered(equality: Equality) -> Equality:
    return replace(equality, left=with_matrices_numbered(equality.left), right=with_matrices_numbered(equality.right))


def _holds_of_matrices(setting: Setting, view: View, equality: Equality, judge: Judge) -> bool:
    """Whether what is true of entries is true of matrices with numbers, too, where it may be said of these; a layer has entries in capital letters."""
    numbered = _numbered(equality)
    if numbered == equality or view.elementwise:
        return True
    try:
        found = list(islice(typings(_lemma(setting, view, numbered)), MOST_TYPINGS))
        fits = bool(found) and found[0].same_shapes
        return not fits or _verdict(setting, found, numbered, judge)[0] == HOLDS
    except (NotUnderstood, CannotEvaluate):
        return True


def _lemma(setting: Setting, view: View, equality: Equality) -> Lemma:
    def known(text: str) -> tuple[str, str]:
        if text in view.variables:
            return view.variables[text]
        try:
            return usual_value(setting, view, kinds.Name(text)).dims
        except ShapeError as error:
            raise NotUnderstood(str(error)) from error

    lemma = lemma_of(view, equality.sides, frozenset(setting.steps), known)
    elsewhere = {text for other in setting.views for each in (other.variables, other.definitions, other.aliases) for text in each}
    if not elsewhere.isdisjoint(lemma.unknown):
        # This is not the view in which the statement speaks.
        raise Unknown(next(text for text in lemma.unknown if text in elsewhere))
    setting.work.spend(effort(lemma))
    return lemma


def _verdict(setting: Setting, found: list[Typed], equality: Equality, judge: Judge) -> tuple[str | None, bool]:
    """The verdict in the most usual typings, which have to agree, and whether it is true in none that is worth a thought."""
    first: list[str | None] = []
    others: list[str | None] = []
    # Where matrices fit, capital letters are none but these.
    matrices = bool(found) and found[0].plain and found[0].same_shapes
    for typed in found:
        # What was found for another typing is of no use here.
        inner = replace(setting, views=(typed.view,), kept={}, ranges={})
        usual = typed.cost == found[0].cost
        if matrices and not typed.plain and not usual:
            continue
        try:
            (first if usual else others).append(judge(inner, typed.view, equality))
        except (NotUnderstood, CannotEvaluate):
            if usual:
                raise
            # Nothing is said of this typing.
            others.append(NOT_UNDERSTOOD)
    if not first or len(set(first)) > 1:
        return None, False
    (verdict,) = set(first)
    if verdict == HOLDS:
        return HOLDS, False
    if verdict == OTHER_LAYOUT and equality.has(kinds.Derivative):
        return OTHER_LAYOUT, False
    return None, all(each in (None, OTHER_LAYOUT) for each in (*first, *others))


def _is_claim(setting: Setting, lemma: Lemma, found: list[Typed]) -> bool:
    """Whether a statement that is true in no shapes is false, and does not say something of its letters instead.

    Each letter stands on both sides, or is a variable that is differentiated by; there are at least two, or such a variable, so
    that nothing is said of one alone, such as that it is symmetric. The text says nothing of this kind, and defines none of them.
    """
    left, right = (side.names | {each.upper() for each in side.names} for side in lemma.sides)
    variables = {name for part in lemma.everything if isinstance(part, kinds.Derivative) for name in part.bottom.names}
    if not found[0].same_shapes or lemma.sizes or setting.memory.speaks_of_special:
        return False
    if len(lemma.unknown) < 2 and variables.isdisjoint(lemma.unknown):
        return False
    if not (left | right).isdisjoint(OF_ANY_SIZE) or not setting.memory.alone.isdisjoint(lemma.unknown):
        return False
    # A derivative leaves letters behind.
    left_behind = left if kinds.Derivative in lemma.sides[0].kinds and not right.isdisjoint(lemma.unknown) else right
    return all(text in variables or (text in left and text in left_behind) for text in lemma.unknown)
