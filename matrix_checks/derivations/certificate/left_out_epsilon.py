r"""The epsilon that many leave out: with ``\frac1{N\sigma}(\dots)`` they mean the root of the variance with its epsilon."""

from dataclasses import replace

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.context.work_for_reasons import work_for_reason
from matrix_checks.derivations.equality.deviation import EPSILON, KEPT, SQUARE, VARIANCE, with_kept_letters, without_labels
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import View

# The variance of the batch, and the one that is kept for evaluation, in whose place a text has their roots.
_VARIANCES = (VARIANCE, KEPT)
WITH_EPSILON = "it would be true with the epsilon beside the variance"


def leaves_out_epsilon(claim: Claim) -> str:
    """Whether a claim is true with the epsilon, in a text with the deviation that never writes it."""
    left, right = (without_labels(side, claim.context.views) for side in claim.sides)
    sides = with_kept_letters((left, right), claim.context.views)
    names = sides[0].names | sides[1].names
    bottoms = {part.bottom for side in sides for part in side.everything if isinstance(part, kinds.Derivative)}
    by_deviation = VARIANCE in bottoms
    by_variance = not by_deviation and any(VARIANCE.text in bottom.names for bottom in bottoms)
    memory, views = claim.context.memory, claim.context.views
    if names.isdisjoint(each.text for each in _VARIANCES) or EPSILON.text in names or not memory.leaves_epsilon_out:
        return ""
    if by_deviation and not memory.deviation:
        return ""
    if by_deviation:
        read, views = [*sides], tuple(map(_of_deviation, views))
    elif by_variance:
        read, views = [*map(_of_variance, sides)], tuple(map(_without_epsilon, views))
    else:
        read = [*map(_with_epsilon, sides)]
    with work_for_reason(claim.context, claim.context.setting(views)) as inner:
        is_true = holds(inner, *read)
    return WITH_EPSILON if is_true else ""


def _of_deviation(view: View) -> View:
    """The exercise where the letter of the variance stands for its root, and no epsilon is added below the root."""

    def change(node: Node) -> Node:
        is_root = isinstance(node, kinds.Function) and node.name == "sqrt" and VARIANCE in map(kinds.whole_of, node.arguments)
        return node.arguments[0] if isinstance(node, kinds.Function) and is_root else node.rebuilt(change)

    whole = _without_epsilon(view).with_each_body(change)
    roots = tuple(replace(each, body=kinds.Function("sqrt", (each.body,))) for each in whole.definitions.get(VARIANCE.text, ()))
    return replace(whole, definitions={**whole.definitions, VARIANCE.text: roots}) if roots else whole


def _without_epsilon(view: View) -> View:
    """The exercise where no epsilon is added below the root."""

    def change(node: Node) -> Node:
        is_sum = isinstance(node, kinds.Add) and len(node.terms) == 2 and node.terms[1] == EPSILON
        return node.terms[0] if isinstance(node, kinds.Add) and is_sum else node.rebuilt(change)

    return view.with_each_body(change)


def _of_variance(node: Node) -> Node:
    """An expression where the square of the deviation is the letter of the variance, and the deviation its root."""
    if node == SQUARE:
        return VARIANCE
    return kinds.Function("sqrt", (VARIANCE,)) if node == VARIANCE else node.rebuilt(_of_variance)


def _with_epsilon(node: Node) -> Node:
    if isinstance(node, kinds.Power) and node.body in _VARIANCES and kinds.Power(VARIANCE, node.exponent) == SQUARE:
        return kinds.Group(kinds.Add((node.body, EPSILON)))
    return kinds.Function("sqrt", (kinds.Add((node, EPSILON)),)) if node in _VARIANCES else node.rebuilt(_with_epsilon)
