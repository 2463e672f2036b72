r"""What is true of one object's copy of a parameter: ``\frac{\partial L}{\partial b_j} = g_j`` where each object ``j`` has a bias of its own.

An exercise may give each object a copy, for students who add up over the objects afterwards. Where the letter below
counts columns in most texts, the sum is more likely forgotten.
"""

from dataclasses import replace

from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.equality.sides import Search, Setting
from matrix_checks.derivations.equality.verdicts import HOLDS, NOT_UNDERSTOOD, Equality, Finding
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node, bare
from matrix_checks.derivations.values.exercise import View

OF_A_COPY = "it is true of one object's own copy, and the letter below may as well count columns"
# Letters that most texts have for an object.
_OF_OBJECTS = frozenset("inst")


def as_copy(setting: Setting, equality: Equality, finding: Finding) -> Finding:
    """What is found of a derivative by an entry: not understood where it holds only if each object has a copy.

    Parameters
    ----------
    setting
        Where the equality was decided.
    equality
        What was decided, with its sums written out.
    finding
        What was found without.
    """
    names = {name for side in equality.sides if (name := _parameter_below(side))} if finding.verdict == HOLDS else set()
    if not names:
        return finding
    others = tuple(view for view in setting.views if not any(_has_copies(view, name) for name in names))
    if len(others) in (0, len(setting.views)):
        return finding
    as_one = replace(setting, views=others, search=Search(total_only=True))
    return finding if holds(as_one, *equality.sides) else Finding(NOT_UNDERSTOOD, OF_A_COPY, is_doubted=True)


def _parameter_below(node: Node) -> str:
    r"""``b`` of ``\partial L / \partial b_j``, where the letter below is no usual one for an object; empty for anything else."""
    node = bare(node)
    if not isinstance(node, kinds.Derivative) or not isinstance(node.top, kinds.Name):
        return ""
    below = node.bottom
    if not isinstance(below, kinds.Indexed) or not isinstance(below.body, kinds.Name) or len(below.indices) != 1:
        return ""
    (index,) = below.indices
    return below.body.text if isinstance(index, kinds.Name) and index.text not in _OF_OBJECTS else ""


def _has_copies(view: View, name: str) -> bool:
    """Whether a gradient of the exercise is the sum of what it is by each copy of a parameter."""
    name = view.aliases.get(name, name)
    bodies = [definition.body for found in view.definitions.values() for definition in found]
    sums = [body.body for body in bodies if isinstance(body, kinds.Sum)]
    below = [part.bottom for part in sums if isinstance(part, kinds.Derivative) and isinstance(part.bottom, kinds.Indexed)]
    return kinds.Name(name) in [each.body for each in below]
