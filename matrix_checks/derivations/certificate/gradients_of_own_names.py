r"""A d before names of the text's own that may be meant for gradients: ``dU = dZ A^\top``, where the exercise's loss rests on none of these names."""

from dataclasses import replace

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.equality.rewriting import loss_of, with_gradients
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.values.exercise import Definition, View

ANY_UPSTREAM = "\\any \\upstream"


def may_be_gradients(claim: Claim) -> bool:
    """Whether ``dU`` is given by the ``dZ`` of what rests on ``U``, names of the text's own, and this is true of the gradients of some loss of ``Z``."""
    views = claim.context.views
    ones, others = _differentiated(claim.left), _differentiated(claim.right)
    loss = loss_of(views)
    # The exercise's x may lead to the loss by the text's own c = x - mean(x) alone.
    rests = any(name in view.behind(loss.text) for view in views for name in others)
    if rests or (ones | others).isdisjoint(claim.context.own):
        return False
    return any(
        view.aliases.get(one, one) in view.behind(other) and _is_of_loss(claim, view, loss, other)
        for view in views
        for one in ones
        for other in others - {one}
    )


def _is_of_loss(claim: Claim, view: View, loss: kinds.Name, output: str) -> bool:
    """Whether it holds for gradients of a loss that rests on an output alone."""
    shape = claim.context.shape_in(view, output)
    if shape is None:
        return False
    body = kinds.Inner(kinds.Name(ANY_UPSTREAM), kinds.Name(output))
    changed = replace(
        view,
        variables={**view.variables, ANY_UPSTREAM: shape},
        definitions={**view.definitions, loss.text: (Definition(body),)},
    )
    setting = replace(claim.context.setting(), views=(changed,), kept={}, ranges={})
    return holds(setting, *(with_gradients(side, loss, (changed,)) for side in claim.sides))


def _differentiated(side: kinds.Node) -> set[str]:
    """The names that a d stands before."""
    bodies = (kinds.whole_of(part.body) for part in side.everything if isinstance(part, kinds.Differentiated))
    return {body.text for body in bodies if isinstance(body, kinds.Name)}
