"""Whether an equality holds in one of the conventions in which it may be meant."""

from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.judging.conventions import ways
from matrix_checks.derivations.judging.equality import holds
from matrix_checks.derivations.judging.sides import Setting


def holds_in_some_convention(setting: Setting, left: Node, right: Node) -> bool:
    """Whether two sides are equal in a setting, in any of the ways in which they may be read there."""
    return any(holds(setting, *sides) for sides in ways(left, right, setting.views, setting.memory))
