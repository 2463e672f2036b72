"""A layer that a text states with its factors in the other order, ``y = Wx`` for ``y = xW``: it is a layer of columns, of which the rest may be of rows."""

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.context.introductions import OUTPUT
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node

OF_COLUMNS = "it states a layer of columns, and may be meant so"


def is_of_layer_in_columns(claim: Claim) -> str:
    """Whether the output is set equal to the exercise's layer with the factors of its product exchanged."""
    name = kinds.whole_of(claim.left)
    is_output = isinstance(name, kinds.Name) and any(
        view.aliases.get(name.text, name.text) == OUTPUT for view in claim.context.views
    )
    if not claim.place.is_first or not is_output or not any(view.elementwise for view in claim.context.views):
        return ""
    turned = _turned(claim.right)
    # A layer may be stated without its bias.
    biases = sorted({each for view in claim.context.views for each, shape in view.variables.items() if "1" in shape})
    ways = (turned, *(kinds.Add((turned, kinds.Name(bias))) for bias in biases))
    is_turned = turned != claim.right and any(holds(claim.context.setting(), claim.left, way) for way in ways)
    return OF_COLUMNS if is_turned else ""


def _turned(node: Node) -> Node:
    if isinstance(node, kinds.Product) and len(node.factors) == len(("W", "x")):
        return kinds.Product(node.factors[::-1], node.signs)
    return kinds.Add(tuple(map(_turned, node.terms))) if isinstance(node, kinds.Add) else node
