"""Mistakes that no small change of a side shows: what is true in one case only, what is always zero, a dependence that was forgotten."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from matrix_checks.derivations.equality.attempts import Attempt
from matrix_checks.derivations.equality.held_values import with_held
from matrix_checks.derivations.equality.sides import Setting, evaluated, make_numbers
from matrix_checks.derivations.equality.verdicts import Equality
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.as_tex import tex
from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.reasons.trials import Trials
from matrix_checks.derivations.values import jets
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.jets import CannotEvaluate, Jet, ShapeError

MOST_CASES = 3
MOST_HELD = 3
MORE_SAMPLES = (1, 2, 3)
FEW_ENTRIES = 4
NOT_ZERO = "side is not zero"
IS_ZERO = "is zero"
PATH = "the path through"
_COLUMNS = re.compile(r"\S+ × 1 times \S+ × 1 cannot be multiplied")
_DIFFERENTIATING = (kinds.Derivative, kinds.Differential, kinds.Differentiated, kinds.PartialDifferential)


def only_in_a_case(trials: Trials, equality: Equality) -> str:
    """That the equality is true where two of its indices are the same, or where they differ."""
    setting = trials.setting
    letters = setting.views[0].letters
    free = [index for index in _free(equality, letters) if len(index) == 1 and index not in setting.views[0].variables]
    if setting.case:
        return ""
    pairs = [pair for pair in combinations(free, 2) if _share_a_range(setting, equality, *pair)]
    for one, other in pairs[:MOST_CASES]:
        for same, sign in ((True, "="), (False, "\\ne")):
            if trials.hold(*equality.sides, case=(one, other, same)):
                return f"it is true for ${one} {sign} {other}$ only"
    return ""


def _free(equality: Equality, letters: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(index for side in equality.sides for index in free_indices(side, letters)))


def _share_a_range(setting: Setting, equality: Equality, one: str, other: str) -> bool:
    """Whether two indices run over the same, as far as it was found when the equality was judged."""
    found = [ranges for key, ranges in setting.ranges.items() if key[-2:] == equality.sides]
    return not found or any(len({ranges.get(one), ranges.get(other)} - {None}) <= 1 for ranges in found)


def zero(setting: Setting, equality: Equality, attempt: Attempt | None) -> str:
    """That one side is zero whatever the numbers are, and the other is not."""
    if attempt is None:
        return ""
    left, right = (all(map(_is_zero, values)) for values in (attempt.left, attempt.right))
    if left == right or not all(_stays_zero(setting, attempt, number, int(right)) for number in MORE_SAMPLES):
        return ""
    side, node, other = ("left", equality.left, "right") if left else ("right", equality.right, "left")
    if kinds.bare(node) == kinds.Number(kinds.Fraction(0)):
        return f"the {other} {NOT_ZERO}"
    variables = [name for name in attempt.view.variables if name in _reached(attempt.view, node)]
    every = f" for every {' and '.join(tex(kinds.Name(name)) for name in variables[:2])}" if variables else ""
    return f"the {side} side {IS_ZERO}{every}, and the {other} side is not"


def _stays_zero(setting: Setting, attempt: Attempt, number: int, side: int) -> bool:
    """Whether a side is zero for other numbers, too: with a ReLU in it, it may be zero for some."""
    few = replace(setting, search=replace(setting.search, entries=FEW_ENTRIES))
    try:
        values = evaluated(few, make_numbers(few, attempt.view, number), attempt.equality, attempt.pair)
    except (ShapeError, NotUnderstood, CannotEvaluate):
        return True
    return all(map(_is_zero, values[side]))


def _is_zero(value: Jet) -> bool:
    return not jets.difference(jets.constant(value.value * 0, value.dims), value)


def _reached(view: View, node: kinds.Node) -> set[str]:
    return {each for name in node.names for text in view.meant_by(name) for each in view.reached_from(text)}


def path_missing(trials: Trials, equality: Equality, attempt: Attempt | None) -> str:
    """That the equality would be true if a quantity on the way did not depend on the variables."""
    if attempt is None:
        return ""
    names = _on_the_way(attempt.view, equality)
    for held in (*((name,) for name in names), *combinations(names, 2)):
        if not trials.goes_on:
            return ""
        fixed = with_held(trials.setting, attempt.view, {name: (kinds.Name(name), None) for name in held})
        if fixed is not None and trials.hold(*equality.sides, setting=fixed):
            if len(held) == 1:
                return f"{PATH} {tex(kinds.Name(held[0]))} is missing"
            return f"{PATH} {tex(kinds.Name(held[0]))} and the one through {tex(kinds.Name(held[1]))} are missing"
    return ""


def _on_the_way(view: View, equality: Equality) -> list[str]:
    """What is defined, and stands between what is differentiated in the equality and the variables."""
    names = {view.aliases.get(name, name) for side in equality.sides for name in side.names}
    bodies = {name: definitions[0].body for name, definitions in view.definitions.items()}
    gradients = {name for name, body in bodies.items() if _differentiates(body)}
    if gradients.isdisjoint(names) and not any(map(_differentiates, equality.sides)):
        return []
    tops = {view.aliases.get(name, name) for top in _differentiated(view, equality) for name in top.names}
    reached = {each for name in names for each in view.reached_from(name)}
    return [name for name in bodies if name in reached and name not in tops | gradients][:MOST_HELD]


def _differentiates(node: kinds.Node) -> bool:
    return not node.kinds.isdisjoint(_DIFFERENTIATING)


def _differentiated(view: View, equality: Equality) -> Iterator[kinds.Node]:
    """What is differentiated as a name alone: a derivative of what is held fixed would be zero."""
    for side in equality.sides:
        for part in side.everything:
            top = part.top if isinstance(part, kinds.Derivative) else part.body if isinstance(part, kinds.Differentiated) else None
            if top is not None and isinstance(kinds.bare(top), (kinds.Name, kinds.Indexed)):
                yield top


def of_columns(words: str) -> str:
    """What is said of shapes that do not fit, with its common name where two columns are multiplied."""
    return f"a column times a column: {words}" if _COLUMNS.fullmatch(words) else words
