"""A differential on one side that is gone on the other: ``dA\\,B + A\\,dB = dA\\,B`` is true where ``B`` is held fixed."""

from copy import copy
from dataclasses import replace

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.context.given_values import is_variable
from matrix_checks.derivations.context.work_for_reasons import work_for_reason
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node, bare


def may_hold_fixed(claim: Claim) -> str:
    """Whether an equality is true where those variables are held fixed whose differentials stand on one of its sides only."""
    changed = tuple(_changed(claim, side) for side in claim.sides)
    left_out = changed[0] ^ changed[1]
    if not all(changed) or not left_out or not (changed[0] < changed[1] or changed[1] < changed[0]):
        return ""
    memory = copy(claim.context.memory)
    memory.fixed = memory.fixed | left_out
    with work_for_reason(claim.context, claim.context.setting()) as setting:
        is_true = holds(replace(setting, memory=memory, kept={}), *claim.sides)
    verb = "is" if len(left_out) == 1 else "are"
    return f"it is true where {' and '.join(sorted(left_out))} {verb} held fixed" if is_true else ""


def _changed(claim: Claim, side: Node) -> frozenset[str]:
    """The variables of which a side has the differentials themselves."""
    bodies = (bare(part.body) for part in side.everything if isinstance(part, kinds.Differentiated))
    return frozenset(body.text for body in bodies if isinstance(body, kinds.Name) and is_variable(claim.context, body.text))
