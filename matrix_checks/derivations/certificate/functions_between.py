r"""Layers with a function between them, ``h = \tanh(x W_1 + b_1)``: the exercise has none, and what rests on one is not about its layers."""

from collections.abc import Iterator

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import View

# Those that a network has between its layers; what a text calls a step is the derivative of a rectifier.
BETWEEN = frozenset(("tanh", "sigmoid", "relu", "step", "max", "anyfunction", "cosh", "sinh", "sech"))
DOUBT = "the text has a function behind the layer, and the exercise has none"


def rests_on_function(claim: Claim) -> str:
    """Whether a name in a claim is made of a function that layers have between them, in an exercise without one."""
    for view in claim.context.views:
        origin = (view.origin or view).definitions
        bodies = [each.body for found in origin.values() for each in found[:1]]
        if view.elementwise and not any(kinds.Function in body.kinds for body in bodies):
            own = claim.context.own
            if any(_has_function(body) for body in _bodies(view, (claim.left.names | claim.right.names) & own)):
                return DOUBT
    return ""


def _bodies(view: View, names: frozenset[str]) -> Iterator[Node]:
    """What names stand for, and what these are made of."""
    for name in sorted(names.union(*(view.behind(each) for each in names))):
        for definition in view.definitions.get(view.aliases.get(name, name), ())[:1]:
            yield definition.body


def _has_function(node: Node) -> bool:
    return any(isinstance(part, kinds.Function) and part.name in BETWEEN for part in node.everything)
