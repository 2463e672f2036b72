r"""A letter that is introduced by its square: ``s^2 = \frac1N\sum_i (x_i - \mu)^2`` says what ``s`` is, too."""

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.equality.deviation import without_labels
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import TWO
from matrix_checks.derivations.expressions.kinds import Node


def without_square(context: Context, left: Node, right: Node) -> tuple[Node, Node]:
    """The letter and a root, where its square is set equal to a number; unless the text says itself what the letter stands for."""
    if not isinstance(left, kinds.Power) or left.exponent != TWO or not isinstance(left.body, (kinds.Name, kinds.Indexed)):
        return left, right
    said = context.memory.alone | context.later.keys() | context.later_entries.keys()
    is_number = isinstance(left.body, kinds.Indexed) or context.shape_of(without_labels(right, context.views)) == ("1", "1")
    if not is_number or not right.names or not left.body.names.isdisjoint(said):
        return left, right
    return left.body, kinds.Function("sqrt", (right,))


def shifted_roots(claim: Claim) -> str:
    r"""Who writes ``s = \sqrt{s^2 + \varepsilon}`` gives the letter another meaning from there on."""
    for side, other in (claim.sides, claim.sides[::-1]):
        is_letter = isinstance(side, (kinds.Name, kinds.Indexed)) and not claim.context.own.isdisjoint(side.names)
        if is_letter and kinds.Power(side, TWO) in other.everything:
            return f"{' '.join(sorted(side.names))} is given the meaning of another root"
    return ""
