"""Values that are held fixed while a false equality is tried again: what they stand for keeps its value, and has no derivative."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from matrix_checks.derivations.equality.sides import Kept, Setting, make_numbers
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values import jets
from matrix_checks.derivations.values.evaluate import Evaluator
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.jets import CannotEvaluate, Jet, ShapeError
from matrix_checks.derivations.values.sample import Interpretation

SAMPLES = 2
# A value, and what is made of its numbers.
Held = tuple[Node, Callable | None]


def with_held(setting: Setting, view: View, held: Mapping[str, Held], changed: View | None = None) -> Setting | None:
    """The setting in which names stand for values that depend on nothing; ``None`` where one has no value.

    Parameters
    ----------
    setting, view
        What the equality was judged in.
    held
        What each name stands for.
    changed
        The view in which it is tried again; the same if not given.
    """
    fixed, values = changed or view, [dict[str, Jet]() for _ in range(SAMPLES)]
    sizes = []
    try:
        for number in range(SAMPLES):
            draw = make_numbers(setting, view, number).draw
            sizes.append(tuple(draw.sizes.values()))
            for name, (node, change) in held.items():
                value = Evaluator(draw, Interpretation()).value(node)
                array = change(value.value) if change else value.value
                values[number][name] = jets.constant(array, value.dims)
    except (ShapeError, NotUnderstood, CannotEvaluate):
        return None
    for name in held:
        fixed = fixed.with_variable(name, values[0][name].dims)
    # What follows from them is nothing that all write-ups share: they stand for themselves, and not for what the exercise says.
    fixed = replace(fixed, aliases={**fixed.aliases, **{name: name for name in held}})
    steps = tuple(sorted(setting.steps.items()))
    kept = {(fixed, number, sizes[number], steps): Kept(values=values[number]) for number in range(SAMPLES)}
    return replace(setting, views=(fixed,), kept=kept, ranges={})
