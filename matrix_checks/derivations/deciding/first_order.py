"""Equalities with an ``o(h)``: the letters inside it are small, whatever else the text says of them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from matrix_checks.derivations.deciding.deciding import decide
from matrix_checks.derivations.equality.equality import Decision
from matrix_checks.derivations.equality.sides import Setting
from matrix_checks.derivations.equality.verdicts import FALSE, FIRST_ORDER, HOLDS, NOT_UNDERSTOOD
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.values.exercise import NUMBER, View

Shape = tuple[str, str]
TO_FIRST_ORDER = "to first order"
NOT_SURE = "how small its remainder is was not understood"


def to_first_order(setting: Setting, decision: Decision) -> Decision | None:
    """The decision on an equality with a remainder, where its letters are small steps; ``None`` where that changes nothing.

    Parameters
    ----------
    setting, decision
        What was decided, and where.
    """
    if decision.verdict == FIRST_ORDER and any(map(_is_second, decision.equality.sides)):
        return _exactly(setting, decision)
    if decision.verdict not in (FALSE, NOT_UNDERSTOOD) or not decision.equality.has(kinds.HigherOrder):
        return None
    remainders = [part for side in decision.equality.sides for part in side.everything if isinstance(part, kinds.HigherOrder)]
    letters = sorted({letter for part in remainders for letter in part.of})
    for around in _with_small(setting, decision.views or setting.views, letters):
        again = decide(around, *decision.equality.sides)
        if again.verdict == HOLDS:
            return replace(again, reason=TO_FIRST_ORDER, as_written=False)
    is_sure = not decision.views and not any(part.vanishes for part in remainders)
    if decision.verdict == FALSE and not is_sure:
        return Decision(decision.equality, NOT_UNDERSTOOD, NOT_SURE)
    return None


def _is_second(node: kinds.Node) -> bool:
    """Whether a second derivative along steps stands in it: all of it is of second order, and nothing of that is left out."""
    for part in node.everything:
        inside = part.body if isinstance(part, (kinds.Differential, kinds.DerivativeAtZero)) else None
        if isinstance(inside, (kinds.Differential, kinds.Derivative)):
            return True
    return False


def _exactly(setting: Setting, decision: Decision) -> Decision | None:
    """The decision where steps are any arrays."""
    names = decision.equality.left.names | decision.equality.right.names
    again = decide(_with_finite(setting, names & setting.steps.keys()), *decision.equality.sides)
    return again if again.verdict == FALSE else None


def _with_finite(setting: Setting, names: Iterable[str]) -> Setting:
    """The setting in which some steps are any arrays."""
    views = setting.views
    for name in names:
        views = tuple(view.with_variable(name, setting.steps[name]) for view in views)
    others = {name: shape for name, shape in setting.steps.items() if name not in set(names)}
    return replace(setting, views=views, steps=others, kept={}, ranges={})


def _with_small(setting: Setting, views: tuple[View, ...], letters: list[str]) -> Iterator[Setting]:
    """The settings in which the letters are steps: of the shapes that they have, or of one that a variable has."""
    given = {letter: view.variables[letter] for view in views for letter in letters if letter in _own(view)}
    strange = [each for each in letters if each not in setting.steps and not any(each in view.names for view in views)]
    small = tuple(_without(view, given) for view in views)
    if given and not strange:
        around = replace(setting, views=small, steps={**setting.steps, **given}, kept={}, ranges={})
        lengths = set(given) if set(given.values()) == {NUMBER} else set()
        # Of x + th, with an o(t), the t alone is small.
        yield _with_finite(around, setting.steps.keys() - lengths) if lengths else around
    shapes = dict.fromkeys(shape for view in views for shape in view.variables.values()) if len(strange) == 1 else ()
    for shape in (*shapes, NUMBER) if shapes else ():
        steps = {**setting.steps, **given, strange[0]: shape}
        yield replace(setting, views=small, steps=steps, kept={}, ranges={})


def _own(view: View) -> set[str]:
    """The variables that the text introduced."""
    return view.variables.keys() - (view.origin or view).variables.keys() if view.origin else set()


def _without(view: View, given: dict[str, Shape]) -> View:
    """The same without some variables of the text's own."""
    kept = {name: shape for name, shape in view.variables.items() if name not in given or name not in _own(view)}
    return replace(view, variables=kept, origin=view.origin) if len(kept) < len(view.variables) else view
