"""Whether an equality holds in one of the conventions in which it may be meant."""

from dataclasses import replace

from matrix_checks.derivations.equality.conventions import ways
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.equality.sides import Setting
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import View


def holds_in_some_convention(setting: Setting, left: Node, right: Node) -> bool:
    """Whether two sides are equal in a setting, in any of the ways in which they may be read there."""
    return any(holds(setting, *sides) for sides in ways(left, right, setting.views, setting.memory))


def holds_in_changed(setting: Setting, views: tuple[View, ...], left: Node, right: Node) -> bool:
    """The same in other views than the setting's, where no derivative in it is zero only because nothing leads to its variable there."""
    meant = tuple(view for view in views if not _is_empty_in(view, left) and not _is_empty_in(view, right))
    return bool(meant) and holds_in_some_convention(replace(setting, views=meant, kept={}, ranges={}), left, right)


def _is_empty_in(view: View, node: Node) -> bool:
    """Whether what is differentiated somewhere does not rest, in a view, on what it is differentiated by."""
    for part in node.everything:
        variable = kinds.whole_of(part.bottom) if isinstance(part, kinds.Derivative) else None
        if isinstance(part, kinds.Derivative) and isinstance(variable, kinds.Name) and variable.text in view.names:
            by = view.meant_by(variable.text)
            if all(by.isdisjoint(view.reached_from(meant)) for name in part.top.names for meant in view.meant_by(name)):
                return True
    return False
