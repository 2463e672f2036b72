r"""Named parts of the output that a text differentiates by: with ``\partial L/\partial Z`` or ``\bar Z`` it goes node by node."""

from collections.abc import Iterator

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import formulas_of
from matrix_checks.derivations.equality.rewriting import loss_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.names.gradient_families import PRIMES, Family
from matrix_checks.derivations.names.own_names import derivatives_in
from matrix_checks.derivations.prose.announcements import NOT_AT_ALL
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tex import Token
from matrix_checks.derivations.reading.tokens import without_braces
from matrix_checks.derivations.values.exercise import meanings_of


def take_differentiated_parts(context: Context, found: list[Piece]) -> None:
    """Let an output be made of its named parts, where the text differentiates its loss by some of them."""
    memory = context.memory
    formulas = formulas_of(context, found)
    parts = (context.later.keys() | context.later_entries.keys()) - memory.outputs_named
    below_signs = {*_below_signs(context, formulas)}
    if not parts.isdisjoint(below_signs) and not any(by in parts for tokens in formulas for _, by in _partials(tokens)):
        # The gradient that a node gets is by all ways, and no other derivative is by a node.
        memory.holds_partly = NOT_AT_ALL
    if not parts.isdisjoint((*below_signs, *_below_losses(context, formulas), *_behind_names(context))):
        memory.differentiates_parts = True
        memory.outputs_named.clear()


def _below_signs(context: Context, formulas: list[list[Token]]) -> Iterator[str]:
    """The letters with a sign that makes them gradients."""
    for tokens in map(without_braces, formulas):
        for sign, letter in zip(tokens, tokens[1:]):
            if isinstance(sign, str) and isinstance(letter, str) and Family(sign) in context.families:
                yield letter
        for sign, below, letter in zip(tokens, tokens[1:], tokens[2:]):
            if below == "_" and Family(str(sign)) in context.families:
                yield str(letter)
        if PRIMES in context.families:
            yield from map(str, tokens)


def _behind_names(context: Context) -> Iterator[str]:
    """The names whose gradients have names as in programs: the ``std`` of ``dstd``."""
    for name in context.memory.gradient_names:
        for body in meanings_of(context.views, name):
            if isinstance(body, kinds.Derivative) and isinstance(body.bottom, kinds.Name):
                yield body.bottom.text


def _below_losses(context: Context, formulas: list[list[Token]]) -> Iterator[str]:
    """The names by which the loss is differentiated."""
    loss = loss_of(context.views).text
    losses = {loss, *(name for view in context.views for name, meant in view.aliases.items() if meant == loss)}
    for tokens in formulas:
        yield from (by for name, by in _partials(tokens) if name in losses)


def _partials(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """What is differentiated, and by what, in a formula."""
    return derivatives_in([token for token in tokens if token != "/"])


def is_by_own_name(claim: Claim) -> bool:
    """Whether something is differentiated by a name of the text's own, of which it is not said that the loss is made of it."""
    context = claim.context
    behind = [view.behind(loss_of(context.views).text) for view in context.views] if context.memory.differentiates_parts else []
    own = context.own.difference(*behind)
    derivatives = claim.parts(kinds.Derivative)
    return any(isinstance(part, kinds.Derivative) and not own.isdisjoint(part.bottom.names) for part in derivatives)
