"""What is not found for the exercise as it stands, and holds for what the text says of it: with its numbers, or by its own definitions."""

from dataclasses import replace

from matrix_checks.derivations.certificate.cases_by_points import at_points
from matrix_checks.derivations.certificate.hypotheses_around import HELD_FIXED
from matrix_checks.derivations.certificate.left_out_epsilon import WITH_EPSILON
from matrix_checks.derivations.certificate.struck_out import as_struck_out
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.introductions import name_of, without_argument
from matrix_checks.derivations.deciding.general_gradients import AS_GENERAL_RULE, MAY_BE_RULE, as_general_gradient, is_of_row
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD, OTHER_LAYOUT, Finding
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.judging.by_own_definitions import by_own_model
from matrix_checks.derivations.letters.functions_of_numbers import unless_of_number
from matrix_checks.derivations.letters.letters_with_values import has_entry_said, with_values
from matrix_checks.derivations.letters.said_symmetric import holds_for_symmetric, supposed_symmetric
from matrix_checks.derivations.prose.surroundings import Surroundings
from matrix_checks.derivations.values.exercise import is_of_exercise

OWN_FUNCTION = "it may be another function than the exercise's, which the text calls by its own name"
OF_SYMMETRIC = "of a symmetric matrix"


def by_the_text(context: Context, surroundings: Surroundings, left: Node, right: Node, finding: Finding) -> Finding:
    """The finding, or a better one."""
    found = as_struck_out(context, surroundings, left, right, unless_of_number(context, left, right, finding))
    found = with_values(context, left, right, at_points(context, surroundings, left, right, found))
    if has_entry_said(context, left, right):
        return found
    found = by_own_model(context, left, right, found)
    if found.reason == WITH_EPSILON and not is_of_exercise(context.views, name_of(left)):
        # The text leaves it out everywhere, and means the same.
        return Finding(HOLDS, WITH_EPSILON, as_written=False, earns=False)
    if found.reason.endswith(HELD_FIXED) and _holds_where_fixed(context, found.reason.removesuffix(HELD_FIXED), left, right):
        return Finding(HOLDS, as_written=False)
    may_be_rule = found.verdict == FALSE or found.reason.endswith(MAY_BE_RULE)
    as_rule = as_general_gradient(context, left, right) if may_be_rule else None
    if as_rule is not None:
        return Finding(as_rule, AS_GENERAL_RULE, as_written=False, earns=False)
    if found.verdict == FALSE and _is_own_function(context, left):
        return Finding(NOT_UNDERSTOOD, OWN_FUNCTION)
    if found.verdict == OTHER_LAYOUT and is_of_row(left, right):
        return Finding(HOLDS, AS_GENERAL_RULE, as_written=False, earns=False)
    models = (context.own_model.view,) if context.own_model else ()
    said = supposed_symmetric(context, surroundings.paragraph) if found.verdict == OTHER_LAYOUT else frozenset()
    supposed = surroundings.supposed | said
    if found.verdict in (NOT_UNDERSTOOD, OTHER_LAYOUT) and holds_for_symmetric(context, supposed, models, left, right):
        return Finding(HOLDS, OF_SYMMETRIC, as_written=False, earns=False)
    return found


def _is_own_function(context: Context, left: Node) -> bool:
    """Whether a function is stated by a name that only may stand for the exercise's number, in a text that has the exercise's own name."""
    name = name_of(left)
    meant = {view.aliases[name] for view in context.views if name in view.aliases}
    return without_argument(left) is not left and not meant.isdisjoint(context.memory.alone)


def _holds_where_fixed(context: Context, name: str, left: Node, right: Node) -> bool:
    """Whether an equality holds where a variable does not change, as the words around it say."""
    memory = replace(context.memory, fixed=context.memory.fixed | {name})
    return holds(replace(context.setting(), memory=memory, kept={}, ranges={}), left, right)
