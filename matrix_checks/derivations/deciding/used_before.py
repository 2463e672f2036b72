"""Names that a text gives a meaning to only behind an equality: what is false with it may be said of any, as a rule is, or of another case."""

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.taken_from_later import take_from_later
from matrix_checks.derivations.deciding.decided_aside import decided_aside
from matrix_checks.derivations.equality.verdicts import HOLDS
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import View

OF_ANY = "without what the text says of its letters behind it"


def holds_without_later(context: Context, before: tuple[View, ...], taken: list[str], left: Node, right: Node) -> bool:
    """Whether an equality holds where its names are not what the text says of them later; then they are not from here on, either.

    Parameters
    ----------
    before
        The views before the meanings of the names were taken.
    taken
        The names.
    """
    after, own = context.views, set(context.own)
    context.look_at(before)
    context.own.difference_update(taken)
    # A letter with a bar is a mean where the text says nothing else of it.
    take_from_later(context, left, right)
    decision = decided_aside(context, context.setting(), left, right)
    if decision is not None and decision.verdict == HOLDS:
        return True
    context.look_at(after)
    context.own |= own
    return False
