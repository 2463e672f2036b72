r"""Another variance than the exercise's, by its name: ``\sigma_B^2 = \frac{1}{m-1}\sum_i (x_i - \mu_B)^2`` has no bias, as statisticians like it.

Where words, or what is derived from it, bear it out, the text means it: what is right of it waits, as what is right only of the exercise's does.
"""

import re
from dataclasses import replace
from itertools import islice

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.stated_by_gradients import stated_by_gradients
from matrix_checks.derivations.context.statements_of_text import formulas_of, relations
from matrix_checks.derivations.equality.deviation import VARIANCE, is_square, without_labels
from matrix_checks.derivations.equality.some_convention import holds_in_some_convention
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.letters.roots import below_root
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.exercise import Definition, View

MOST_EQUALITIES, MOST_RELATIONS = 20, 40
# Nobody calls the exercise's variance so.
_UNBIASED = re.compile(
    r"(?i)\bunbiased|\bbessel|erwartungstreu|unverzerrt|non biaisé|sans biais|débiaisé|insesgad|\bcorrett[ao]\b|não viesad|não enviesad|несмещ|無偏|无偏|불편 ?분산|不偏"
)


def take_own_variance(context: Context, found: list[Piece]) -> None:
    """Look at the exercise with the text's own variance, too, where what the text derives bears that out."""
    views = [view for view in context.views if VARIANCE.text in view.definitions]
    formulas = formulas_of(context, found) if views else []
    said = list(islice(relations(context, formulas), MOST_EQUALITIES))
    for left, right in (*said, *stated_by_gradients(relations(context, formulas))):
        name = without_labels(left, context.views)
        if not (is_square(name) or name == VARIANCE) or kinds.Sum not in right.kinds or _holds_root(right):
            continue
        if holds_in_some_convention(context.setting(), left, right):
            return
        own = tuple(_with_variance(view, without_labels(right, context.views)) for view in views)
        is_called = any(piece.kind == "prose" and _UNBIASED.search(piece.source) for piece in found)
        if is_called or any(_bears_out(context, own, *sides) for sides in islice(relations(context, formulas), MOST_RELATIONS)):
            context.look_at((*own, *context.views))
        # What a text sets it equal to first is what it is.
        return


def _holds_root(node: Node) -> bool:
    """Whether a root is drawn: the deviation in the place of the variance is a slip."""
    return any(below_root(part) is not None for part in node.everything)


def _with_variance(view: View, body: Node) -> View:
    return view.stating(VARIANCE.text, Definition(body))


def _bears_out(context: Context, own: tuple[View, ...], left: Node, right: Node) -> bool:
    """Whether an equality with a derivative holds with the text's own variance only."""
    if kinds.Derivative not in left.kinds | right.kinds:
        return False
    ours = replace(context.setting(own), kept={})
    return holds_in_some_convention(ours, left, right) and not holds_in_some_convention(context.setting(), left, right)
