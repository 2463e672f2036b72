r"""Letters of a text's own of which more may be meant than their shape: an operator, a step of a bias that is a row, probabilities."""

from collections.abc import Set
from dataclasses import replace

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.equality.rewriting import loss_of, rests_on
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Name
from matrix_checks.derivations.names.scaled_gradients import batch_of
from matrix_checks.derivations.values.names import SIZED

PROBABILITIES = frozenset(("p", "q", "t", "\\pi"))
# Numbers of objects, and of entries, with which an array is multiplied.
COUNTS = frozenset(("N", "C"))
CENTERED = "c"
BIASES = ("b", "b_1", "b_2")


def may_be_more(claim: Claim) -> str:
    """What a letter in a claim may be; empty where nothing is in doubt."""
    doubts = (_delta, _unit, _operator, _size_as_array, _centered, _primed_entry, _gradient, _row_step, _probabilities)
    return next((found for doubt in doubts if (found := doubt(claim))), "")


def _delta(claim: Claim) -> str:
    r"""A ``\delta_{nj}`` that the text gives to a gradient, and the ``\delta_{2,j}`` of a layer."""
    deltas = [part for part in claim.parts(kinds.Function) if isinstance(part, kinds.Function) and part.name == "delta"]
    numbered = any(isinstance(delta.arguments[0], kinds.Number) for delta in deltas if len(delta.arguments) > 1)
    if numbered and any(map(batch_of, claim.context.views)):
        return "the number below a \\delta may be that of a layer"
    return "the text gives \\delta another meaning" if claim.context.notation.has_own_deltas and any(deltas) else ""


def _unit(claim: Claim) -> str:
    r"""The ``[\\hat x]`` of physicists is the unit of what stands in brackets."""
    is_in_brackets = any(
        tokens[:1] == ["["] and tokens[-1:] == ["]"] and isinstance(kinds.bare(side), (Name, kinds.Indexed))
        for tokens, side in zip(claim.tokens, claim.sides)
    )
    return "a single letter in square brackets may be meant for its unit" if is_in_brackets else ""


def _operator(claim: Claim) -> str:
    r"""The ``R`` of ``R A = A S``, the first side of a chain, is a map that the text names, and no size."""
    factors = claim.left.factors if claim.place.is_first and isinstance(claim.left, kinds.Product) else ()
    if len(factors) != 2 or not all(isinstance(factor, Name) for factor in factors):
        return ""
    name, array = (factor.text for factor in factors if isinstance(factor, Name))
    is_size = any(name in view.letters for view in claim.context.views)
    is_matrix = any("1" not in view.variables.get(array, ("1", "1")) for view in claim.context.views)
    return f"{name} may be an operator" if is_size and is_matrix else ""


def _size_as_array(claim: Claim) -> str:
    """The ``R`` of ``-2 R S^T``, beside arrays, is a residual rather than a size; one divides or multiplies by the number of objects only."""
    views = claim.context.views
    sizes = {letter for view in views for letter in view.letters} - COUNTS - {name for view in views for name in view.aliases}
    for part in claim.parts(kinds.Product):
        factors = [kinds.bare(factor) for factor in part.factors] if isinstance(part, kinds.Product) else []
        names = [factor.text for factor in factors if isinstance(factor, Name)]
        has_array = any("1" not in view.variables.get(name, ("1", "1")) for view in views for name in names)
        found = next((name for name in names if name in sizes), "")
        if found and has_array:
            return f"{found} may be an array, and no size"
    return ""


def _centered(claim: Claim) -> str:
    """The ``x_c`` of many is the centered ``x``: no index is called so where nothing is summed over it."""
    indexed = [part for part in claim.parts(kinds.Indexed) if isinstance(part, kinds.Indexed)]
    summed = {part.index for part in claim.parts(kinds.Sum) if isinstance(part, kinds.Sum)}
    is_label = any(part.indices == (Name(CENTERED),) and part.body.names & claim.context.arrays for part in indexed)
    return "what stands below a letter may be a label" if is_label and CENTERED not in summed else ""


def _primed_entry(claim: Claim) -> str:
    """The ``u'`` of ``u = e^{x_i}``: it is not said by which entry it is the derivative."""
    primed = [kinds.bare(part.body) for part in claim.parts(kinds.Primed) if isinstance(part, kinds.Primed)]
    is_entry = any(_has_entry(body) and not isinstance(body, kinds.Indexed) for body in primed)
    return "it is not said by what a letter for an entry is differentiated" if is_entry else ""


def _has_entry(node: kinds.Node) -> bool:
    """Whether an entry stands in it, which an identity with its size is none of."""
    entries = (part for part in node.everything if isinstance(part, kinds.Indexed))
    return any(not isinstance(part.body, Name) or part.body.text not in SIZED for part in entries)


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
