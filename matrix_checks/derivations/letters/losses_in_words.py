r"""A loss that words put behind a layer: "for the loss $\|Y\|_F^2$" says what the exercise's loss is."""

import re
from collections.abc import Iterator
from itertools import pairwise

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import parsed, tokens_of
from matrix_checks.derivations.equality.rewriting import loss_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.prose.words_of_gradients import LOSS_IN_WORDS
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.spelling import RELATIONS

_BEFORE = re.compile(rf"(?i)(?<![^\W\d_]){LOSS_IN_WORDS}\s*(?:is|ist|est|es|è|é)?\s*$")


def losses_in_words(context: Context, found: list[Piece]) -> Iterator[tuple[Node, Node]]:
    """The exercise's loss with each expression that words call the loss."""
    for before, piece in pairwise(found):
        if before.kind != "prose" or piece.kind != "inline" or not _BEFORE.search(before.source):
            continue
        tokens = tokens_of(context, piece)
        loss = parsed(context, tokens) if tokens and not any(token in RELATIONS for token in tokens) else None
        if loss is not None and not isinstance(loss, (kinds.Name, kinds.Number)):
            yield loss_of(context.views), loss
