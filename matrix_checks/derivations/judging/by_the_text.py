"""What is not found for the exercise as it stands, and holds for what the text says of it: with its numbers, or by its own definitions."""

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.equality.verdicts import Finding
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.judging.own_model import by_own_model
from matrix_checks.derivations.letters.letters_with_values import has_entry_said, with_values


def by_the_text(context: Context, left: Node, right: Node, finding: Finding) -> Finding:
    """The finding, or a better one."""
    found = with_values(context, left, right, finding)
    return found if has_entry_said(context, left, right) else by_own_model(context, left, right, found)
