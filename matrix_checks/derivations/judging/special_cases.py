"""Equalities that are said of a special case: all arrays are numbers, components have letters, or an array is another expression."""

from dataclasses import dataclass, replace

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Name, Node
from matrix_checks.derivations.judging.case_of_numbers import NOT, SURELY, has_small_letters, of_numbers
from matrix_checks.derivations.judging.components import components_said, in_components, letters_of, sizes_of
from matrix_checks.derivations.judging.context import Context
from matrix_checks.derivations.judging.school_calculus import AS_NUMBERS
from matrix_checks.derivations.judging.sides import Setting
from matrix_checks.derivations.judging.surroundings import Surroundings
from matrix_checks.derivations.values.exercise import Definition, View

IN_COMPONENTS = "for arrays whose components have letters"
AS_ASSUMED = "in the case that is assumed"


@dataclass(frozen=True)
class SpecialCase:
    """An equality in a special case.

    Attributes
    ----------
    left, right
        Its sides, in the exercise's own names.
    setting
        The case.
    reason
        What the case is.
    is_sure
        Whether what is false there is false.
    """

    left: Node
    right: Node
    setting: Setting
    reason: str
    is_sure: bool


def names_components(context: Context, left: Node, right: Node) -> bool:
    """Whether an equality gives letters to components; they are kept."""
    found = components_said(context, left, right)
    context.components |= found
    return bool(found)


def special_case(context: Context, surroundings: Surroundings, left: Node, right: Node) -> SpecialCase | None:
    """The case that an equality can be meant for only; ``None`` where it speaks of the exercise as it is."""
    found = {name: what for name, what in context.components.items() if name not in context.known}
    sizes = sizes_of(found, letters_of(found, kinds.Add((left, right)))) if found else {}
    if sizes:
        setting = replace(context.setting(), sizes={**context.sizes, **sizes}, kept={}, ranges={})
        return SpecialCase(in_components(found, left), in_components(found, right), setting, IN_COMPONENTS, True)
    if surroundings.speaks_of_numbers != NOT and has_small_letters(context, left, right):
        return SpecialCase(left, right, of_numbers(context.setting()), AS_NUMBERS, surroundings.speaks_of_numbers == SURELY)
    return None


def note_assumed(context: Context, surroundings: Surroundings, left: Node, right: Node) -> bool:
    """Whether a hypothesis says that an array of the exercise is another expression; then it is kept as long as it is assumed."""
    if not isinstance(left, Name) or left.text in right.names or not any(left.text in view.variables for view in context.views):
        return False
    surroundings.assumed[left.text] = right
    return True


def assumed_case(context: Context, surroundings: Surroundings, left: Node, right: Node) -> SpecialCase | None:
    """An equality in the case that its sentence assumes; ``None`` where it assumes none."""
    assumed = {name: node for name, node in surroundings.assumed.items() if name in surroundings.hypothetical}
    is_assumption = isinstance(left, Name) and left.text in assumed
    if not assumed or is_assumption or kinds.Derivative in left.kinds | right.kinds:
        return None
    views = tuple(_with_assumed(view, assumed) for view in context.views if assumed.keys() <= view.variables.keys())
    setting = replace(context.setting(), views=views, kept={}, ranges={})
    return SpecialCase(left, right, setting, AS_ASSUMED, False) if views else None


def _with_assumed(view: View, assumed: dict[str, Node]) -> View:
    variables = {name: shape for name, shape in view.variables.items() if name not in assumed}
    definitions = {**view.definitions, **{name: (Definition(node),) for name, node in assumed.items()}}
    return replace(view, variables=variables, definitions=definitions, origin=view.origin or view)
