"""What is said of another function than the exercise's: "for LogSoftMax it is even simpler", "with a ReLU behind it"."""

import re
from dataclasses import replace

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.context.introductions import name_of, without_argument
from matrix_checks.derivations.context.sides_of_names import fits_nowhere
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node, bare

OF_ANOTHER = "it may be said of another function, which the text names"
_NAMED = re.compile(
    r"(?i)(?<![^\W\d_])(?<!as )(?<!like )(?<!wie )(?<!comme )(?<!как )(?<!como )(?<!come )(?<!jak )(?:for|bei|beim|für|pour|para|per|для|при|у|dla|对|对于)\s*(?:an?|the|einem?|den|die|das|la|le|el|il|функции|слоя)?\s*[`*_]*"
    r"(?:log[- ]?soft-?max|sigmoid\w*|sparsemax|softplus|tanh|relu|gelu|layer ?norm\w*|group ?norm\w*|instance ?norm\w*|rms ?norm\w*|dropout|convolution\w*|"
    r"сигмоид\w*|свёртк\w*)(?![^\W\d_])"
)


def is_of_another_function(claim: Claim) -> str:
    """Whether words before a claim, in its paragraph, name another function."""
    return OF_ANOTHER if _NAMED.search(claim.surroundings.paragraph) else ""


def is_of_variant(claim: Claim) -> str:
    """Whether a claim holds for another output, which the text states behind the exercise's: "with a shortcut, ``y = x + xW``"."""
    variants = claim.context.variants
    if not variants:
        return ""
    setting = replace(claim.context.setting(variants), kept={}, ranges={})
    return "it holds for another output that the text states" if holds(setting, *claim.sides) else ""


def may_be_of_own_function(claim: Claim) -> str:
    """Whether a text says what it differentiates by the derivative alone: ``df = d(x^\\top A x)``, with a name that only may be the exercise's."""
    whole = without_argument(claim.left)
    if whole is not claim.left and _may_be_own(claim, whole) and fits_nowhere(claim.context, claim.right):
        return f"{name_of(whole)} may be a function of the text's own, in letters of other shapes"
    for one, other in (claim.sides, claim.sides[::-1]):
        left, right = _differentiated(one), _differentiated(other)
        if not isinstance(left, kinds.Name) or right is None or left.text in claim.context.own or isinstance(right, kinds.Name):
            continue
        if _may_be_own(claim, left) and left.text not in other.names:
            return f"{left.text} may be a function of the text's own, which has this derivative"
    return ""


def _may_be_own(claim: Claim, node: Node) -> bool:
    """Whether a name only may stand for what the exercise has by another one."""
    return isinstance(node, kinds.Name) and any(view.aliases.get(node.text, node.text) != node.text for view in claim.context.views)


def _differentiated(side: Node) -> Node | None:
    """What a side is the derivative or the differential of; ``None`` for anything else."""
    inside = bare(side)
    if isinstance(inside, kinds.Derivative):
        return bare(inside.top)
    return bare(inside.body) if isinstance(inside, kinds.Differentiated) else None
