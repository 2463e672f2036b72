"""What an equality is found to be aside from the walk through the text: by work of its own, and without a failure."""

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.work_for_reasons import work_for_reason
from matrix_checks.derivations.deciding.deciding import decide
from matrix_checks.derivations.equality.equality import Decision
from matrix_checks.derivations.equality.failures import FAILURES
from matrix_checks.derivations.equality.sides import Setting
from matrix_checks.derivations.expressions.kinds import Node


def decided_aside(context: Context, setting: Setting, left: Node, right: Node) -> Decision | None:
    """The decision on an equality; ``None`` where it cannot be evaluated."""
    with work_for_reason(context, setting) as inner:
        try:
            return decide(inner, left, right)
        except FAILURES:
            return None
