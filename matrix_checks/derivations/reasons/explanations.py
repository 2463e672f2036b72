"""Why an equality is false: what would make it true is tried, and named only where it does."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

from matrix_checks.derivations.equality.attempts import Attempt
from matrix_checks.derivations.equality.equality import Decision, decide_as_read, holds
from matrix_checks.derivations.equality.interpretations import OF_ANY_SIZE
from matrix_checks.derivations.equality.sides import Search, Setting, evaluated, make_numbers
from matrix_checks.derivations.equality.verdicts import DIFFER, FALSE, Equality, ratio
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.reasons.lost_terms import derivative_missing, only_if_symmetric, term_missing
from matrix_checks.derivations.reasons.mistakes import IS_ZERO, NOT_ZERO, of_columns, only_in_a_case, path_missing, zero
from matrix_checks.derivations.reasons.repairs import Repair, factors_left_out, repairs, sums_changed, swaps
from matrix_checks.derivations.reasons.repairs_of_both import (
    cross_terms,
    entries,
    factors_missing,
    repeated_summed,
    roots,
    sums_missing,
    traces_missing,
)
from matrix_checks.derivations.reasons.trials import WORK_PER_TRIAL, Changed, Trials
from matrix_checks.derivations.values.jets import CannotEvaluate, ShapeError, transpose
from matrix_checks.derivations.values.sample import Work

# A small change is hardly right under an interpretation alone that few would think of; but I may have any of the sizes.
MAXIMAL_PAIRS = 6
EQUAL_SIZE = 3
_NAMED = ("off by", "the sum over")
# What is said of a mismatch that the repair names better.
_FOLLOWS = (DIFFER, "the index ")
EQUAL_SIZES = "it would be true for"


def explain(setting: Setting, decision: Decision) -> str:
    """A sentence that says what is wrong with an equality that was decided to be false."""
    equality, attempt = decision.equality, decision.attempt
    if decision.reason:
        return decision.reason
    if decision.sizes:
        setting = replace(setting, sizes={**setting.sizes, **dict(decision.sizes)}, ranges={})
    if decision.views:
        setting = replace(setting, views=decision.views, kept={}, ranges={})
    words = ""
    if attempt is not None:
        words = zero(setting, equality, attempt) or _of_values(setting, attempt)
    elif decision.shape_errors:
        words = of_columns(str(decision.shape_errors[0]))
    if words.startswith(_NAMED):
        return words
    found = _index_used_twice(equality) or _mistake(_trials(setting, equality), equality, attempt, words)
    if found:
        return found
    repair = _trials(setting, equality).first(_repaired(setting, equality))
    if repair:
        return f"{words}; {repair}" if words and not words.startswith(_FOLLOWS) else repair
    symmetric = only_if_symmetric(_trials(setting, equality), equality, attempt)
    if symmetric:
        return symmetric
    summed = repeated_summed(equality, setting.views[0].letters)
    if summed is not None and setting.work.left > 0:
        return _of_sums(setting, summed) or words or DIFFER
    if _only_if_square(setting, equality):
        letters = " = ".join(setting.views[0].letters)
        return f"{words or DIFFER}; {EQUAL_SIZES} {letters} only"
    return words or DIFFER


def is_recognised(reason: str) -> bool:
    """Whether a reason names the mistake, rather than that the two sides differ, in their numbers or in their shapes."""
    return not (reason.startswith(DIFFER) or (reason.startswith("the left side is ") and ";" not in reason))


def _of_sums(setting: Setting, equality: Equality) -> str:
    """What is wrong with an equality whose indices are summed over where they are repeated; empty if that cannot be said."""
    decision = decide_as_read(setting, *equality.sides)
    found = explain(setting, decision) if decision.verdict == FALSE else ""
    return "" if found.startswith(DIFFER) else found


def _trials(setting: Setting, equality: Equality) -> Trials:
    of_any_size = not OF_ANY_SIZE.isdisjoint(equality.left.names | equality.right.names)
    search = replace(setting.search, total_only=True, most_pairs=None if of_any_size else MAXIMAL_PAIRS)
    return Trials(replace(setting, search=search))


def _mistake(trials: Trials, equality: Equality, attempt: Attempt | None, words: str) -> str:
    """A mistake that is known by name, the most precise name first."""
    return (
        trials.first(_on_both_sides(equality, swaps))
        or only_in_a_case(trials, equality)
        or (words if words.endswith(NOT_ZERO) else "")
        or path_missing(trials, equality, attempt)
        or ("" if f"side {IS_ZERO}" in words else _lost(trials, equality, attempt))
    )


def _lost(trials: Trials, equality: Equality, attempt: Attempt | None) -> str:
    return derivative_missing(trials, equality, attempt) or term_missing(trials, equality, attempt)


def _of_values(setting: Setting, attempt: Attempt) -> str:
    one, other = attempt.left[0], attempt.right[0]
    if one.shape == other.shape[::-1] != other.shape:
        factor = _factor(setting, attempt, turned=True)
        if factor not in ("", "1"):
            return f"off by a factor: but for the layout, the right side is {factor} times the left side"
    if one.shape != other.shape:
        return f"the left side is {one.shown()}, the right side is {other.shown()}"
    factor = _factor(setting, attempt, turned=False)
    if factor == "-1":
        return "off by the sign"
    if factor not in ("", "1"):
        return f"off by a factor: the right side is {factor} times the left side"
    return DIFFER


def _factor(setting: Setting, attempt: Attempt, turned: bool) -> str:
    """What the left side has to be multiplied by: a number that stays the same over the samples, or changes with a size."""
    found: list[tuple[Fraction, dict[str, int]]] = []
    for number in range(2):
        numbers = make_numbers(setting, attempt.view, number)
        try:
            ours, theirs = evaluated(setting, numbers, attempt.equality, attempt.pair)
        except (ShapeError, NotUnderstood, CannotEvaluate):
            return ""
        factor = ratio([transpose(each) for each in ours] if turned else ours, theirs)
        if factor is None:
            return ""
        found.append((factor, numbers.draw.sizes))
    (first, sizes), (second, others) = found
    if first == second:
        return _fraction(first)
    for letter in sizes:
        if first / sizes[letter] == second / others[letter]:
            return _times_size(first / sizes[letter], letter)
        if first * sizes[letter] == second * others[letter]:
            return _by_size(first * sizes[letter], letter)
    return ""


def _fraction(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"


def _times_size(factor: Fraction, letter: str) -> str:
    if factor == 1:
        return letter
    return f"{factor.numerator}{letter}" + (f"/{factor.denominator}" if factor.denominator != 1 else "")


def _by_size(factor: Fraction, letter: str) -> str:
    return f"{factor.numerator}/{letter}" if factor.denominator == 1 else f"{factor.numerator}/({factor.denominator}{letter})"


def _repaired(setting: Setting, equality: Equality) -> Iterator[Changed]:
    """The equality with each small change of both sides, of its right side, and then of its left side."""
    names = (index for node in equality.sides for part in node.everything for index in part.bound)
    letters = tuple(dict.fromkeys(index.text for index in names if isinstance(index, kinds.Name) and len(index.text) == 1))
    sizes = setting.views[0].letters
    yield from _on_both_sides(equality, lambda node: sums_changed(node, letters))
    yield from sums_missing(*equality.sides, sizes)
    yield from roots(*equality.sides, setting.views[0])
    yield from entries(*equality.sides, sizes)
    yield from _on_both_sides(equality, lambda node: repairs(node, letters, sizes))
    yield from traces_missing(*equality.sides)
    yield from factors_missing(*equality.sides)
    yield from _on_both_sides(equality, factors_left_out)
    yield from cross_terms(*equality.sides)


def _on_both_sides(equality: Equality, changes: Callable[[kinds.Node], Iterator[Repair]]) -> Iterator[Changed]:
    left, right = equality.sides
    for words, changed in changes(right):
        yield words, left, changed
    for words, changed in changes(left):
        yield words, changed, right


def _index_used_twice(equality: Equality) -> str:
    """An index that two sums use, one inside the other, or that one side is summed over and the other is not."""
    left, right = equality.sides
    for part in (*right.everything, *left.everything):
        if isinstance(part, kinds.Sum) and part.index and part.index in _summed(part.body):
            return f"the index {part.index} is used twice: by two sums, one inside the other"
    for one, other in ((left, right), (right, left)):
        summed = _summed(one)
        for index in free_indices(other, ()):
            if index in summed and index not in free_indices(one, ()):
                return f"the index {index} is used twice: one side is meant for each {index}, and the other is a sum over it"
    return ""


def _summed(node: kinds.Node) -> set[str]:
    """The indices of the sums in an expression."""
    return {part.index for part in node.everything if isinstance(part, kinds.Sum)}


def _only_if_square(setting: Setting, equality: Equality) -> bool:
    """Whether the equality is true where all sizes are the same."""
    view = setting.views[0]
    if len(view.letters) < 2 or not equality.left.names | equality.right.names:
        return False
    sizes = dict.fromkeys(view.letters, EQUAL_SIZE)
    equal = replace(setting, views=(view,), sizes=sizes, work=Work(WORK_PER_TRIAL), search=Search(), ranges={})
    return holds(equal, *equality.sides)
