"""What is struck out, ``~~so~~`` or by HTML: its author takes it back, so that it is true only where it is true in each view."""

import re
from dataclasses import replace

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.equality.attempts import verdict_in_view
from matrix_checks.derivations.equality.conventions import ways
from matrix_checks.derivations.equality.failures import FAILURES
from matrix_checks.derivations.equality.sides import Search
from matrix_checks.derivations.equality.verdicts import HOLDS, NOT_UNDERSTOOD, Equality, Finding
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.prose.surroundings import Surroundings
from matrix_checks.derivations.values.exercise import View

OF_STRUCK_OUT = "it is struck out, and true only of another mode or another shape"
_SIGN = re.compile(r"(?i)~~|<(?P<end>/?)(?:s|del|strike)\b[^>]*>")


def as_struck_out(context: Context, surroundings: Surroundings, left: Node, right: Node, finding: Finding) -> Finding:
    """What is found of an equality that may be struck out: not understood where it holds in some of the exercise's views only.

    Parameters
    ----------
    context, surroundings
        What the text said so far, and around the equality.
    left, right
        Its sides.
    finding
        What was found without.
    """
    if finding.verdict != HOLDS or not is_struck_out(surroundings.paragraph):
        return finding
    if all(_holds(context, view, left, right) for view in context.views):
        return finding
    return Finding(NOT_UNDERSTOOD, OF_STRUCK_OUT, is_doubted=True)


def is_struck_out(before: str) -> bool:
    """Whether what stands behind a text in its paragraph is struck out."""
    is_open = False
    for sign in _SIGN.finditer(before):
        is_open = not is_open if sign["end"] is None else not sign["end"]
    return is_open


def _holds(context: Context, view: View, left: Node, right: Node) -> bool:
    """Whether it holds in a view, or the view says nothing of it."""
    # Nothing is held fixed in its derivatives but what the view holds.
    setting = replace(context.setting((view,)), search=Search(total_only=True))
    for sides in ways(left, right, (view,), context.memory):
        try:
            if verdict_in_view(setting, view, Equality(*sides)) == HOLDS:
                return True
        except FAILURES:
            return True
    return False
