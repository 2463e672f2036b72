r"""A step that is right but for the ``\\frac1m`` of a mean, in a text that has one: where it belongs, only the writer knows."""

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.judging.claims import Claim
from matrix_checks.derivations.judging.deciding import decide
from matrix_checks.derivations.judging.scaled_gradients import batch_of
from matrix_checks.derivations.judging.verdicts import FALSE


def misses_mean(claim: Claim) -> str:
    """Whether a claim on gradients is true, but for the number of objects."""
    context = claim.context
    if not context.mean.is_meant or not claim.parts(kinds.Derivative, kinds.Differentiated):
        return ""
    count = kinds.Name(next(filter(None, map(batch_of, context.views)), ""))
    for left, right in (claim.sides, claim.sides[::-1]):
        if decide(context.setting(), kinds.Product((count, left), ("",)), right).verdict != FALSE:
            return "it is not sure whether the mean over the objects is in its gradients"
    return ""
