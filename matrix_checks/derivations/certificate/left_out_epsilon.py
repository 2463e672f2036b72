r"""The epsilon that many leave out: with ``\frac1{N\sigma}(\dots)`` they mean the root of the variance with its epsilon."""

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.context.work_for_reasons import work_for_reason
from matrix_checks.derivations.equality.deviation import EPSILON, SQUARE, VARIANCE
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node

_ADDED = kinds.Group(kinds.Add((VARIANCE, EPSILON)))
_ROOT = kinds.Function("sqrt", (kinds.Add((VARIANCE, EPSILON)),))


def leaves_out_epsilon(claim: Claim) -> str:
    """Whether a claim is true with the epsilon, in a text with the deviation that never writes it."""
    names = claim.left.names | claim.right.names
    by_variance = any(
        VARIANCE.text in part.bottom.names for part in claim.parts(kinds.Derivative) if isinstance(part, kinds.Derivative)
    )
    is_about = VARIANCE.text in names and EPSILON.text not in names and not by_variance
    if not is_about or not claim.context.memory.leaves_epsilon_out:
        return ""
    with work_for_reason(claim.context, claim.context.setting()) as inner:
        is_true = holds(inner, *map(_with_epsilon, claim.sides))
    return "it would be true with the epsilon beside the variance" if is_true else ""


def _with_epsilon(node: Node) -> Node:
    if node == SQUARE:
        return _ADDED
    return _ROOT if node == VARIANCE else node.rebuilt(_with_epsilon)
