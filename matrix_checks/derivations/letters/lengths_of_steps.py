r"""Lengths of steps, the ``t`` of ``q(u + th)``: numbers that nobody declares, and of which an equality may be meant for small ones only."""

from collections.abc import Iterator

from matrix_checks.derivations.context.around import Member
from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.context.context import MOST_NAMES, Context
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node

LENGTHS = ("t", "s", "h", "r", "\\tau", "\\varepsilon", "\\alpha", "\\lambda", "\\eta", "\\theta", "\\delta")


def note_lengths(context: Context, nodes: list[Member]) -> None:
    """Take the ``t`` of ``q(u + th)`` for a number, where ``h`` is a step and nothing is said of ``t``."""
    for node in nodes:
        inside = node.parts if isinstance(node, kinds.Node) and not isinstance(node, kinds.Add) else ()
        terms = node.terms if isinstance(node, kinds.Add) else ()
        # A sum that is a side of its own may be what a variable is updated to.
        parts = [*inside, *(part for term in terms for part in term.parts)]
        bound = {part.name for part in _everything(parts) if isinstance(part, (kinds.Limit, kinds.DerivativeAtZero))}
        for letter in sorted({each for part in _everything(parts) for each in _lengths(context, part)} - bound):
            is_free = letter not in context.known and letter not in context.later and letter not in context.later_entries
            if is_free and len(context.own) < MOST_NAMES:
                context.introduce_number(letter)
                context.memory.steps_along.add(letter)


def _everything(parts: list[Node]) -> Iterator[Node]:
    for part in parts:
        yield from part.everything


def _lengths(context: Context, node: Node) -> Iterator[str]:
    """The letters before a step in a sum with a variable."""
    terms = node.terms if isinstance(node, kinds.Add) else ()
    if not any(isinstance(term, kinds.Name) and term.text in context.arrays for term in terms):
        return
    for term in terms:
        product = term.body if isinstance(term, kinds.Negative) else term
        if not isinstance(product, kinds.Product) or len(product.factors) != 2:
            continue
        length, step = product.factors
        if (
            isinstance(length, kinds.Name)
            and isinstance(step, kinds.Name)
            and length.text in LENGTHS
            and length.text not in context.steps
            and _is_step(context, step.text)
        ):
            yield length.text


def _is_step(context: Context, name: str) -> bool:
    """Whether a name is a step, and nothing that the text says elsewhere what it is."""
    return name in context.steps and name not in context.later


def may_be_small(claim: Claim, length: str) -> bool:
    """Whether an equality may be meant for a small length only: it holds in the limit, and to first order where nothing is divided by it."""
    if claim.parts(kinds.Limit, kinds.DerivativeAtZero):
        return False
    setting = claim.context.setting()
    if not holds(setting, *(kinds.Limit(length, side) for side in claim.sides)):
        return False
    if any(length in part.bottom.names for part in claim.parts(kinds.Quotient) if isinstance(part, kinds.Quotient)):
        return True
    return holds(setting, *(kinds.DerivativeAtZero(length, side) for side in claim.sides))
