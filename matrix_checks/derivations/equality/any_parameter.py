"""A letter that stands for any parameter: ``\\frac{\\partial L}{\\partial \\theta} = \\sum_i g_i \\frac{\\partial y_i}{\\partial \\theta}``."""

from collections.abc import Callable

from matrix_checks.derivations.equality.interpretations import OF_ANY_SIZE
from matrix_checks.derivations.equality.sides import Setting
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node, bare
from matrix_checks.derivations.values.exercise import NUMBER, View

FOR_EVERY_ENTRY = "for every entry of what is differentiated by"
LETTERS = (kinds.Name("\\entry"), kinds.Name("\\other"))


def holds_for_any_parameter(setting: Setting, left: Node, right: Node, holds: Callable[[Node, Node], bool]) -> bool:
    """Whether both sides have derivatives by a letter that nobody declared, and are equal for each entry that it may stand for.

    Parameters
    ----------
    setting, left, right
        The equality, and where it stands.
    holds
        Whether an equality holds.
    """
    if kinds.Derivative not in left.kinds or kinds.Derivative not in right.kinds:
        return False
    letter = _parameter(setting, left, right)
    entries = [entry for view in setting.views for entry in _entries(view, letter, left, right)] if letter else []
    return bool(entries) and all(holds(_by(entry, letter, left), _by(entry, letter, right)) for entry in dict.fromkeys(entries))


def _parameter(setting: Setting, left: Node, right: Node) -> str:
    """The letter that both sides are differentiated by, and that stands nowhere else; empty for none."""
    known = OF_ANY_SIZE.union(setting.steps, setting.own, *(view.names for view in setting.views))
    bottoms = (part.bottom for side in (left, right) for part in _derivatives(side))
    texts = {bottom.text for bottom in bottoms if isinstance(bottom, kinds.Name) and bottom.text}
    letters = [text for text in texts if known.isdisjoint((text, text.upper()))]
    if len(letters) != 1:
        return ""
    letter = letters[0]
    is_below_only = all(letter in side.names and letter not in _by(LETTERS[0], letter, side).names for side in (left, right))
    return letter if is_below_only else ""


def _derivatives(node: Node) -> list[kinds.Derivative]:
    return [part for part in node.everything if isinstance(part, kinds.Derivative)]


def _entries(view: View, letter: str, left: Node, right: Node) -> list[Node]:
    """An entry of each variable on which all depends that is differentiated by the letter."""
    tops = [part.top for side in (left, right) for part in _derivatives(side) if bare(part.bottom) == kinds.Name(letter)]
    reached = [set[str]().union(*(view.reached_from(meant) for name in top.names for meant in view.meant_by(name))) for top in tops]
    shared = set.intersection(*reached) if reached else set()
    behind = set[str]().union(*reached) & view.variables.keys()
    for top, names in zip(tops, reached):
        # Through a quantity on the way, as F, all changes; what is a variable itself has to be the only one.
        if not any(view.aliases.get(name, name) in view.definitions for name in top.names) and not behind <= names:
            return []
    entries: list[Node] = []
    for name, shape in view.variables.items():
        if name in shared and name not in view.positive:
            count = 2 - shape.count("1")
            entries.append(kinds.Indexed(kinds.Name(name), LETTERS[:count]) if shape != NUMBER else kinds.Name(name))
    return entries


def _by(entry: Node, letter: str, node: Node) -> Node:
    """The same with derivatives by an entry in the place of those by the letter."""
    if isinstance(node, kinds.Derivative) and node.bottom == kinds.Name(letter):
        return kinds.Derivative(_by(entry, letter, node.top), entry)
    return node.rebuilt(lambda part: _by(entry, letter, part))
