r"""Numbers that words speak of: "for the loss $\|Y\|_F^2$" says what the exercise's loss is."""

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.introductions import name_of, without_argument
from matrix_checks.derivations.context.statements_of_text import equalities, parsed, tokens_of
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.equality.fitted_numbers import upstream_names
from matrix_checks.derivations.equality.rewriting import loss_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.prose.words_of_gradients import LOSS_IN_WORDS
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.spelling import RELATIONS
from matrix_checks.derivations.reading.tokens import Token
from matrix_checks.derivations.values.exercise import NUMBER

MOST_EQUALITIES = 20

_BEFORE = re.compile(rf"(?i)(?<![^\W\d_]){LOSS_IN_WORDS}\s*(?:is|ist|est|es|è|é)?\s*$")
# "if instead the function were", "taking half of it:"
_NUMBER_BEFORE = re.compile(
    rf"(?i)(?<![^\W\d_])(?:{LOSS_IN_WORDS}|(?:objective|cost|criterion|energy)(?: function)?|funct?ion|funk[ct]ion|fonction|func?ión|funzione|функци\w|mse|plain norm)"
    r"\s*(?:is|are|was|were|been|had been|would be|ist|wäre|est|était|es|fuera|è|fosse|é|fosse|of|in front|davor)?\s*:?\s*$"
)


def losses_in_words(context: Context, found: list[Piece]) -> Iterator[tuple[Node, Node]]:
    """The exercise's loss with each expression that words call the loss."""
    for before, expression in _alone(context, found):
        if _BEFORE.search(before):
            yield loss_of(context.views), expression


def numbers_in_words(context: Context, found: list[Piece]) -> Iterator[tuple[Node, bool]]:
    """The expressions that stand alone in a line of prose, each with whether words directly before it call it a loss, or a function.

    Of a layer the loss is any: there is none.
    """
    for before, expression in () if upstream_names(context.views) else _alone(context, found):
        yield expression, _NUMBER_BEFORE.search(before) is not None


def numbers_stated(context: Context, formulas: list[list[Token]]) -> set[str]:
    """The numbers of the exercise that the text itself sets equal to what they are there: words beside that speak of another one."""
    found = {name_of(left): (left, right) for left, right in islice(equalities(context, formulas), MOST_EQUALITIES)}
    numbers = {name for name in found if name and context.shape_of(kinds.Name(name)) == NUMBER}
    return {name for name in numbers if holds(context.setting(), without_argument(found[name][0]), found[name][1])}


def _alone(context: Context, found: list[Piece]) -> Iterator[tuple[str, Node]]:
    """The expressions without a relation that stand behind prose, with that."""
    for before, piece in pairwise(found):
        if before.kind != "prose" or piece.kind != "inline":
            continue
        tokens = tokens_of(context, piece)
        node = parsed(context, tokens) if tokens and not any(token in RELATIONS for token in tokens) else None
        if node is not None and not isinstance(node, (kinds.Name, kinds.Number)):
            yield before.source, node
