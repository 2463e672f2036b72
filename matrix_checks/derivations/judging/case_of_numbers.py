"""What a text says of the exercise in the case that all its arrays are numbers: "for numbers, ``y = ab``"."""

from dataclasses import replace

from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.judging.context import Context
from matrix_checks.derivations.judging.equality import holds
from matrix_checks.derivations.values.exercise import NUMBER, View


def holds_for_numbers(context: Context, left: Node, right: Node) -> bool:
    """Whether an equality holds where all arrays of the exercise are numbers, which small letters may stand for."""
    setting = context.setting()
    views = tuple(_of_numbers(view) for view in setting.views)
    steps = dict.fromkeys(setting.steps, NUMBER)
    return holds(replace(setting, views=views, steps=steps, sizes={}, kept={}, ranges={}), left, right)


def _of_numbers(view: View) -> View:
    small = {name.lower(): name for name in view.variables if len(name) == 1 and name.lower() not in view.names}
    return replace(
        view, variables=dict.fromkeys(view.variables, NUMBER), aliases={**view.aliases, **small}, origin=view.origin or view
    )
