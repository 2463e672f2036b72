r"""Letters for components that nothing but the exercise's statement in them gives: of two classes, ``y_1 = \frac{e^a}{e^a + e^b}``."""

from dataclasses import replace
from fractions import Fraction

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import in_order
from matrix_checks.derivations.deciding.components import in_components, is_free_letter
from matrix_checks.derivations.deciding.decided_aside import decided_aside
from matrix_checks.derivations.equality.verdicts import HOLDS
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node, whole_of
from matrix_checks.derivations.names.components_kept import Component, Components
from matrix_checks.derivations.reading.conditions import INDEX_LETTERS
from matrix_checks.derivations.values.exercise import NUMBER, View

MOST_COMPONENTS = 4


def components_stated(context: Context, left: Node, right: Node) -> Components:
    """The letters that an equality has for the components of the only array behind what it states; none where it states something else."""
    output = whole_of(left)
    letters = [name for name in in_order(right) if is_free_letter(context, name) and name not in INDEX_LETTERS | {"e"}]
    if not isinstance(output, kinds.Name) or not 2 <= len(letters) <= MOST_COMPONENTS or set(letters) != {*right.names} - {"e"}:
        return {}
    if not context.components.keys().isdisjoint(letters):
        # Who has given letters to components claims something of them.
        return {}
    for view in context.views:
        found = _in_view(view, output.text, letters)
        if not found:
            continue
        setting = replace(context.setting((view,)), sizes=dict(found[letters[0]].sizes), kept={}, ranges={})
        decision = decided_aside(context, setting, left, in_components(found, right))
        if decision is not None and decision.verdict == HOLDS:
            return found
    return {}


def _in_view(view: View, output: str, letters: list[str]) -> Components:
    """The letters in the order in which they are written, as entries of the only column that an output is made of."""
    defined = view.aliases.get(output, output)
    if defined not in (view.origin or view).definitions:
        return {}
    arrays = [name for name in sorted(view.reached_from(defined)) if view.variables.get(name, NUMBER) != NUMBER]
    if len(arrays) != 1 or view.variables[arrays[0]][1] != "1":
        return {}
    (array,) = arrays
    size = view.variables[array][0]
    return {
        letter: Component(kinds.Indexed(kinds.Name(array), (kinds.Number(Fraction(place)),)), ((size, len(letters)),))
        for place, letter in enumerate(letters, 1)
    }
