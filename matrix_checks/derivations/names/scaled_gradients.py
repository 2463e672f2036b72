r"""Gradients beside a mean of losses: ``dZ`` of the objects' own losses, ``dW`` of the mean, and what a step without the ``\frac1m`` says."""

from dataclasses import dataclass

from matrix_checks.derivations.equality.rewriting import loss_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import View

# The losses of the objects.
OWN = "\\ell"
MATRICES = 2


@dataclass(frozen=True)
class MeanOfLosses:
    """What a text says of a mean of losses.

    Attributes
    ----------
    is_meant
        Whether it speaks of one, or divides by the number of objects in one of its gradients.
    count
        Its letter for the number of objects; empty where the gradients are read as in any other text.
    loss
        Its letter for the loss of one object.
    is_scaled
        Whether ``dZ`` is the gradient of the objects' own losses.
    """

    is_meant: bool = False
    count: str = ""
    loss: str = ""
    is_scaled: bool = False


NOTHING = MeanOfLosses()


def batch_of(view: View) -> str:
    """The letter for the number of objects, where the exercise is of layers: it is that of the input and of the gradient that comes in."""
    matrices = [shape for name, shape in view.variables.items() if "1" not in shape]
    upstream = [shape for name, shape in view.variables.items() if name[0] == "g" and "1" not in shape]
    shared = set(view.variables.get("x", ())) & set(upstream[0]) if upstream else set()
    return next(iter(shared)) if len(shared) == 1 and len(matrices) > MATRICES else ""


def is_of_objects(view: View, name: str) -> bool:
    """Whether each object has a row, or a column, of it: the input, and what a layer gives."""
    meant = view.aliases.get(name, name)
    letter = batch_of(view)
    if not letter or meant in ("L", "J", OWN):
        return False
    if meant in view.variables:
        return letter in view.variables[meant] and not meant.startswith("b")
    return meant in view.definitions and "x" in view.reached_from(meant) and not meant.startswith("g")


def with_mean_of_losses(node: Node, mean: MeanOfLosses, views: tuple[View, ...]) -> Node:
    """The same with the losses of objects, and with gradients in the place of their names."""
    if not mean.count:
        return node
    loss = loss_of(views)

    def change(node: Node) -> Node:
        if isinstance(node, kinds.Indexed) and node.body == kinds.Name(mean.loss) and len(node.indices) == 1:
            return kinds.Indexed(kinds.Name(OWN), node.indices)
        if not isinstance(node, kinds.Differentiated) or not mean.is_scaled:
            return node.rebuilt(change)
        if isinstance(node.body, (kinds.Function, kinds.Transposed, kinds.Group)):
            return node.body.rebuilt(lambda part: change(kinds.Differentiated(part)))
        whole = kinds.whole_of(node.body)
        turned = whole.body if isinstance(whole, kinds.Transposed) else whole
        if not isinstance(turned, kinds.Name):
            return node
        gradient = kinds.Derivative(loss, node.body)
        names = {turned.text, turned.text.upper()}
        if any(is_of_objects(view, name) for view in views for name in names):
            return kinds.Product((kinds.Name(mean.count), gradient), ("",))
        return gradient if any(name in view.variables for view in views for name in names) else node

    return change(node)
