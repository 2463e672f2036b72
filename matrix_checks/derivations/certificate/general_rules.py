r"""Rules for any letters, where the exercise has these letters for other shapes: ``\partial vec(AXB)/\partial vec(X) = B^\top \otimes A``."""

from dataclasses import replace

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.context.given_values import is_variable
from matrix_checks.derivations.context.sides_of_names import fits_nowhere
from matrix_checks.derivations.equality.attempts import verdict_in_view
from matrix_checks.derivations.equality.interpretations import OF_ANY_SIZE
from matrix_checks.derivations.equality.lemmas import holds_as_rule
from matrix_checks.derivations.equality.verdicts import Equality
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node, bare

OF_OTHER_SHAPES = "it is true for letters of other shapes, and may be a general rule"
# What is added to a variable to differentiate by it.
STEPS = frozenset("hHeEvVtTdDuU")
READ_OFF = "it may say of any gradient how it is read off"


def may_be_general(claim: Claim) -> str:
    """Whether a claim fits nowhere in the exercise, and is true of letters of any shapes, or says how a gradient is found."""
    if claim.decision.attempt is not None:
        return ""
    name = _gradient_in(claim)
    if name:
        # From here on it may stand for that gradient.
        claim.surroundings.redefined.add(name)
        return READ_OFF
    known = {each for view in claim.context.views for each in (view.origin or view).names} - claim.context.memory.exchanged
    # In the exercise's letters alone it is said of these.
    strange = (claim.left.names | claim.right.names) - known - OF_ANY_SIZE
    if not strange or not any(fits_nowhere(claim.context, side) for side in claim.sides):
        return ""
    setting = claim.context.setting()
    # The next rule has its letters anew, also one that another rule adds to a variable: behind tr(A + B), the B of tr(AB).
    added = {name for name in strange - STEPS if claim.context.points_of_steps.get(name)}
    anew = replace(setting, steps={name: shape for name, shape in setting.steps.items() if name not in added}, kept={}, ranges={})
    is_rule = holds_as_rule(anew, Equality(*claim.sides), verdict_in_view, about_any=True)
    return OF_OTHER_SHAPES if is_rule else ""


def _gradient_in(claim: Claim) -> str:
    r"""The ``P`` of ``df = \operatorname{tr}(P^\top dX)``, a variable of the exercise that no gradient by ``X`` can be equal to; empty for anything else."""
    left, right = (bare(side) for side in claim.sides)
    if not isinstance(left, kinds.Differentiated) or not isinstance(left.body, kinds.Name):
        return ""
    if not isinstance(right, kinds.Function) or right.name != "tr":
        return ""
    inside = bare(right.arguments[0])
    if not isinstance(inside, kinds.Product) or len(inside.factors) != 2:
        return ""
    gradient = next((part for part in inside.factors if not isinstance(bare(part), kinds.Differentiated)), None)
    step = next((part for part in map(bare, inside.factors) if isinstance(part, kinds.Differentiated)), None)
    name = bare(gradient) if gradient is not None else None
    is_read_off = isinstance(name, kinds.Name) and step is not None and _is_variable(claim, name) and _is_variable(claim, step.body)
    return name.text if isinstance(name, kinds.Name) and is_read_off else ""


def _is_variable(claim: Claim, node: Node) -> bool:
    return isinstance(node, kinds.Name) and is_variable(claim.context, node.text)
