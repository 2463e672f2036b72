r"""A name of the text's own that may be the gradient of its loss: behind ``D = \frac1N (P - Y)``, an ``X^\top D`` may be ``X^\top \partial L/\partial S``.

The exercise's upstream gradient is that of any loss. Which one the text has, words may say, or a picture.
"""

from matrix_checks.derivations.certificate.doubtful_names import upstream_in
from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.equality.rewriting import loss_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node, bare
from matrix_checks.derivations.values.exercise import View


def may_be_upstream(claim: Claim) -> str:
    """Whether one side is made of a gradient of any loss, and the other of a name of the text's own, with letters that are not the exercise's."""
    loss = loss_of(claim.context.views)
    if claim.decision.attempt is None:
        # What has another shape is no gradient of it.
        return ""
    for view in claim.context.views:
        upstream = upstream_in(view.origin or view, loss.text)
        for one, other in (claim.sides, claim.sides[::-1]):
            if upstream and _has_gradient(view, one, loss, upstream) and not _has_gradient(view, other, loss, upstream):
                name = _own_array(claim, view, other)
                if name:
                    return f"the loss is the text's own, and {name} may be its gradient"
    return ""


def _has_gradient(view: View, side: Node, loss: kinds.Name, upstream: set[str]) -> bool:
    derived = (bare(part.top) for part in side.everything if isinstance(part, kinds.Derivative))
    is_derived = any(isinstance(top, kinds.Name) and view.aliases.get(top.text, top.text) == loss.text for top in derived)
    return is_derived or any(not view.reached_from(name).isdisjoint(upstream) for name in side.names)


def _own_array(claim: Claim, view: View, side: Node) -> str:
    """A name of the text's own on a side that is made of capital letters of which nobody says what they are; empty for none."""
    given = claim.context.own.union(*((each.origin or each).names for each in claim.context.views))
    for name in sorted(side.names & claim.context.own):
        if any(len(letter) == 1 and letter.isupper() for letter in view.behind(name) - given):
            return name
    return ""
