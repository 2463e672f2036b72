r"""A loss that is one entry of what a layer gives, ``L = y_k``: the gradient by the output is ``g_i = \delta_{ik}``, and the Jacobian follows.

The index of the loss is free in all that is said of it: the loss, and the gradients of it, stand for what the loss is.
"""

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.equality.equality import Decision, decide_as_read
from matrix_checks.derivations.equality.sides import Setting
from matrix_checks.derivations.equality.verdicts import HOLDS, Equality
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import View

LOSS = "L"


def by_loss_of_entry(setting: Setting, left: Node, right: Node) -> Decision | None:
    """The decision on what holds for the entry that the text has for its loss; ``None`` where none does.

    Parameters
    ----------
    setting, left, right
        What is decided, and where.
    """
    loss = setting.memory.loss_of_entry
    if loss is None:
        return None
    index = set(free_indices(loss, ()))
    if any(not index.isdisjoint(_bound(side)) for side in (left, right)):
        return None
    for view in setting.views:
        sides = _with_loss(view, left, loss), _with_loss(view, right, loss)
        if sides != (left, right) and decide_as_read(setting, *sides).verdict == HOLDS:
            return Decision(Equality(left, right), HOLDS, "for the loss that is one entry", as_written=False)
    return None


def _bound(node: Node) -> set[str]:
    return {part.index for part in node.everything if isinstance(part, kinds.Sum) and part.index}


def _with_loss(view: View, node: Node, loss: Node) -> Node:
    """A side where the loss, and the gradient by the output, are written as what they are."""
    given = (view.origin or view).definitions.get(LOSS, ())[:1]
    inner = given[0].body if given else None
    if not isinstance(inner, kinds.Inner):
        return node
    upstream, output = inner.left, inner.right

    def change(part: Node) -> Node:
        meant = kinds.Name(view.aliases.get(part.text, part.text)) if isinstance(part, kinds.Name) else part
        if meant == kinds.Name(LOSS):
            return loss
        if meant == upstream or (isinstance(part, kinds.Name) and _is_gradient(view, part.text, output)):
            return kinds.Derivative(loss, output)
        if isinstance(part, kinds.Indexed) and change(part.body) == kinds.Derivative(loss, output):
            return kinds.Derivative(loss, kinds.Indexed(output, part.indices))
        return part.rebuilt(change)

    return change(node)


def _is_gradient(view: View, name: str, output: Node) -> bool:
    """Whether a name of the text's own is defined as the gradient of the loss by the output, or its entries are."""
    body = view.definitions[name][0].body if name in view.definitions else None
    if not isinstance(body, kinds.Derivative) or not isinstance(body.top, kinds.Name):
        return False
    bottom = kinds.whole_of(body.bottom)
    return view.meant_by(body.top.text) == {LOSS} and isinstance(bottom, kinds.Name) and output.names == view.meant_by(bottom.text)


def may_be_of_entry(claim: Claim) -> str:
    """Beside a loss that is one entry, what is said of the loss may be said of this one."""
    has_one = claim.context.memory.loss_of_entry is not None
    return "it may be said of the loss that is one entry" if has_one and claim.speaks_of({LOSS}) else ""
