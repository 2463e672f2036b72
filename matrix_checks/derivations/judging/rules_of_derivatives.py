"""Rules of derivatives in letters that nobody declared: ``(\\frac uv)' = \\frac{u'v - uv'}{v^2}`` is the rule for differentials."""

from collections.abc import Callable

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.judging.sides import Setting

AS_DIFFERENTIALS = "as a rule for differentials"
# A derivative that does not say by what.
PRIME = kinds.Name("")


def holds_as_differentials(setting: Setting, left: Node, right: Node, holds: Callable[[Node, Node], bool]) -> bool:
    """Whether an equality holds where each derivative is a differential; both sides have derivatives, all by the same.

    Parameters
    ----------
    setting, left, right
        The equality, and where it stands.
    holds
        Whether an equality holds.
    """
    if any(side.kinds.isdisjoint((kinds.Primed, kinds.Derivative)) for side in (left, right)):
        return False
    tops, bottoms = set[str](), set[Node]()
    for side in (left, right):
        found = [_derived(part) for part in side.everything]
        if not any(found):
            return False
        tops |= {name for each in found if each for name in each[0].names}
        bottoms |= {each[1] for each in found if each}
    known = set(setting.steps).union(*(view.names for view in setting.views))
    letters = {name for name in tops if known.isdisjoint((name, name.upper()))}
    # A function of what is differentiated by changes, too; a name of the text's own is known by its definition.
    by = next(iter(bottoms)) if len(bottoms) == 1 else None
    if by is None or not letters or not letters.isdisjoint(setting.own) or (by != PRIME and letters != tops):
        return False
    ours, theirs = _with_differentials(left), _with_differentials(right)
    return (ours.names | theirs.names).isdisjoint(by.names - {""}) and holds(ours, theirs)


def _derived(node: Node) -> tuple[Node, Node] | None:
    """What is differentiated, and by what; ``None`` for anything else."""
    if isinstance(node, kinds.Primed):
        return node.body, PRIME
    return (node.top, node.bottom) if isinstance(node, kinds.Derivative) else None


def _with_differentials(node: Node) -> Node:
    found = _derived(node)
    return kinds.Differentiated(kinds.bare(found[0])) if found else node.rebuilt(_with_differentials)
