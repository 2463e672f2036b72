r"""Letters of a text's own of which more may be meant than their shape: an operator, a step of a bias that is a row, probabilities."""

from collections.abc import Set
from dataclasses import replace

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.equality.rewriting import loss_of, rests_on
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Name

PROBABILITIES = frozenset(("p", "q", "t", "\\pi"))
BIASES = ("b", "b_1", "b_2")


def may_be_more(claim: Claim) -> str:
    """What a letter in a claim may be; empty where nothing is in doubt."""
    return _delta(claim) or _operator(claim) or _gradient(claim) or _row_step(claim) or _probabilities(claim)


def _delta(claim: Claim) -> str:
    r"""A ``\delta_{nj}`` that the text gives to a gradient."""
    deltas = (part for part in claim.parts(kinds.Function) if isinstance(part, kinds.Function) and part.name == "delta")
    return "the text gives \\delta another meaning" if claim.context.notation.has_own_deltas and any(deltas) else ""


def _operator(claim: Claim) -> str:
    r"""The ``R`` of ``R A = A S``, the first side of a chain, is a map that the text names, and no size."""
    factors = claim.left.factors if claim.place.is_first and isinstance(claim.left, kinds.Product) else ()
    if len(factors) != 2 or not all(isinstance(factor, Name) for factor in factors):
        return ""
    name, array = (factor.text for factor in factors if isinstance(factor, Name))
    is_size = any(name in view.letters for view in claim.context.views)
    is_matrix = any("1" not in view.variables.get(array, ("1", "1")) for view in claim.context.views)
    return f"{name} may be an operator" if is_size and is_matrix else ""


def _gradient(claim: Claim) -> str:
    """The ``dZ`` of ``dZ = g^T``, with a name of the text's own, is the gradient by it: no differential stands on the other side."""
    for one, other in (claim.sides, claim.sides[::-1]):
        body = kinds.whole_of(one.body) if isinstance(one, kinds.Differentiated) else None
        views = claim.context.views
        if not isinstance(body, Name) or rests_on(views, loss_of(views), body):
            continue
        if other.names and kinds.Differentiated not in other.kinds:
            return "the d of a name of the text's own may be the gradient by it"
    return ""


def _row_step(claim: Claim) -> str:
    """A step from a bias, which may be a row as the bias may."""
    setting = claim.context.setting()
    shapes = {view.variables[bias] for view in claim.context.views for bias in BIASES if bias in view.variables}
    for name in sorted((claim.left.names | claim.right.names) & setting.steps.keys()):
        if setting.steps[name] in shapes:
            turned = {**setting.steps, name: setting.steps[name][::-1]}
            if holds(replace(setting, steps=turned, kept={}, ranges={}), *claim.sides):
                return f"it is not said whether the step {name} is a row or a column"
    return ""


def _probabilities(claim: Claim) -> str:
    """A letter that nobody declares and that is summed over: its entries may add up to one, as those of a distribution do."""
    strangers = PROBABILITIES - claim.context.known - claim.context.own
    for part in claim.parts(kinds.Sum):
        found = _summed(part, strangers) if isinstance(part, kinds.Sum) else ""
        if found:
            return f"the entries of {found} may add up to one"
    return ""


def _summed(node: kinds.Sum, letters: Set[str]) -> str:
    """The letter among some of which a sum goes over the entries; empty for none."""
    entries = (part for part in node.body.everything if isinstance(part, kinds.Indexed) and part.indices == (Name(node.index),))
    return next((part.body.text for part in entries if isinstance(part.body, Name) and part.body.text in letters), "")
