r"""A number beside the exercise's own variable, as in ``y = \text{softmax}(x/\tau)``: what is derived from it has that number, too."""

from itertools import islice

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.introductions import name_of
from matrix_checks.derivations.context.meanings import OUTPUTS
from matrix_checks.derivations.context.statements_of_text import formulas_of, relations, strange_arrays
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ONE
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.letters.scaled_statements import variables_of_output, with_scaled_variable
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.exercise import View

MOST_RELATIONS = 40
DERIVED = frozenset((kinds.Derivative, kinds.Differentiated, kinds.Nabla))


def take_scaled_variable(context: Context, found: list[Piece]) -> None:
    """Look at the exercise with a number of the text's own beside its variable, where what is derived bears that out."""
    stated = list(islice(relations(context, formulas_of(context, found)), MOST_RELATIONS))
    for left, right in stated:
        name = name_of(left)
        strange = strange_arrays(context, right)
        is_output = any(view.aliases.get(name, name) in OUTPUTS for view in context.views if name in view.names)
        if not is_output or len(strange) != 1 or name in right.names:
            continue
        number = strange.pop()
        if any(isinstance(value, kinds.Number) for side, value in stated if side == kinds.Name(number)):
            # Its value is said, and what holds may do so for that value.
            continue
        for views in _scaled_views(context, number):
            if holds(context.setting(views), left, right):
                _take(context, views, number, [sides for sides in stated if any(side.kinds & DERIVED for side in sides)])
                return


def _scaled_views(context: Context, number: str) -> list[tuple[View, ...]]:
    """The exercise divided by the number in its variable, and multiplied by it."""
    variables = {name for view in context.views for name in variables_of_output(view)}
    if len(variables) != 1:
        return []
    (variable,) = variables
    factors = (kinds.Quotient(ONE, kinds.Name(number)), kinds.Name(number))
    return [tuple(with_scaled_variable(view, variable, factor, number) for view in context.views) for factor in factors]


def _take(context: Context, scaled: tuple[View, ...], number: str, derived: list[tuple[Node, Node]]) -> None:
    own, given = ([holds(context.setting(views), *sides) for sides in derived] for views in (scaled, context.views))
    if (True, False) in zip(own, given):
        # What is derived of the exercise as it is stays right.
        context.look_at((*scaled, *context.views) if (False, True) in zip(own, given) else scaled)
        context.own.add(number)
