"""Equalities of arrays that are written as ones of entries, an entry in brackets standing for the whole."""

from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.expressions.kinds import Group, Indexed, Name, Node


def by_entries(left: Node, right: Node, explicit: bool = False) -> tuple[Node, Node]:
    """An equality of arrays as one of entries, where a side is an entry in brackets as in ``B^\\top = (b_{ji})_{ij}``; else as it is.

    Parameters
    ----------
    left, right
        The two sides.
    explicit
        Whether the indices have to stand behind the bracket.
    """
    ours, theirs = entry_in_brackets(left, explicit), entry_in_brackets(right, explicit)
    if ours and theirs and ours[1] == theirs[1]:
        return ours[0], theirs[0]
    if ours and not theirs and not free_indices(right, ()):
        return ours[0], Indexed(Group(right), ours[1])
    if theirs and not ours and not free_indices(left, ()):
        return Indexed(Group(left), theirs[1]), theirs[0]
    return left, right


def entry_in_brackets(node: Node, explicit: bool) -> tuple[Node, tuple[Name, ...]] | None:
    """What stands in the brackets, and the indices that it is the entry at."""
    if isinstance(node, Indexed) and isinstance(node.body, Group):
        inside = {Name(index) for index in free_indices(node.body, ())}
        names = tuple(index for index in node.indices if isinstance(index, Name))
        return (node.body.body, names) if len(names) == len(node.indices) and inside and inside <= set(names) else None
    if isinstance(node, Group) and not explicit:
        names = tuple(Name(index) for index in sorted(free_indices(node, ())))
        return (node.body, names) if 1 <= len(names) <= 2 else None
    return None
