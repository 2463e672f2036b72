"""Repeated indices without a sign of summation: each term is summed over the indices that stand in it twice."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.expressions.kinds import Node

LETTERS = frozenset("abcdijklmnpqrst")


class _Ambiguous(ValueError):
    """An index stands in a term more than twice."""


@dataclass(frozen=True)
class Summed:
    """An expression with its sums, the indices that were summed over, and those that are left."""

    node: Node
    over: frozenset[str] = frozenset()
    free: frozenset[str] = frozenset()


def both_summed(left: Node, right: Node, sizes: frozenset[str], outside: Iterable[str] = ()) -> tuple[Node, Node] | None:
    """Both sides with repeated indices summed.

    ``None`` where none is repeated that is not free elsewhere.

    Parameters
    ----------
    left, right
        The sides of an equality.
    sizes
        The letters of sizes, which are no indices.
    outside
        Indices that are free whatever the sides say.
    """
    ours, theirs = (_as_it_stands(side, sizes) if kinds.Sum in side.kinds else summed(side, sizes) for side in (left, right))
    if ours is None or theirs is None:
        return None
    over, free = ours.over | theirs.over, ours.free | theirs.free | set(outside)
    if over & free and not outside:
        kept = _with_free_ones_kept(left, right, ours, sizes) or _turned(_with_free_ones_kept(right, left, theirs, sizes))
        # An index that is free elsewhere is not summed over.
        return kept or (both_summed(left, right, sizes | (over & free), outside) if over - free else None)
    if over & free:
        return both_summed(left, right, sizes | (over & free), outside) if over - free else None
    return (ours.node, theirs.node) if over else None


def _with_free_ones_kept(side: Node, other: Node, read: Summed, sizes: frozenset[str]) -> tuple[Node, Node] | None:
    """A side as it was read, and the other one, in which what is free here is not summed over; ``None`` where that is no way."""
    kept = summed(other, sizes | read.free) if kinds.Sum not in other.kinds else None
    if kept is None or kinds.Sum in side.kinds or not read.free or kept.free - read.free or not (kept.over | read.over):
        return None
    return (read.node, kept.node) if kept.over.isdisjoint(read.free) and read.over.isdisjoint(read.free) else None


def _turned(sides: tuple[Node, Node] | None) -> tuple[Node, Node] | None:
    return None if sides is None else sides[::-1]


def by_components(left: Node, right: Node, sizes: frozenset[str]) -> tuple[Node, Node] | None:
    """An array that is set equal to its component, ``\\delta_{kl} = I``, component by component; ``None`` for anything else."""
    found = [summed(side, sizes) if kinds.Sum not in side.kinds else _as_it_stands(side, sizes) for side in (left, right)]
    ours, theirs = (each or _as_it_stands(side, sizes) for each, side in zip(found, (left, right)))
    free = tuple(map(kinds.Name, sorted(ours.free | theirs.free)))
    if bool(ours.free) == bool(theirs.free) or len(free) > 2:
        return None
    if ours.free:
        return ours.node, kinds.Indexed(kinds.Group(theirs.node), free)
    return kinds.Indexed(kinds.Group(ours.node), free), theirs.node


def in_silence(left: Node, right: Node, sizes: frozenset[str]) -> tuple[Node, Node] | None:
    """Both sides summed over all indices that the other does not have; ``None`` where that changes nothing."""
    found = [summed(side, sizes) if kinds.Sum not in side.kinds else None for side in (left, right)]
    ours, theirs = (each or _as_it_stands(side, sizes) for each, side in zip(found, (left, right)))
    if ours.free == theirs.free:
        return None
    return _summed_over(ours.node, ours.free - theirs.free), _summed_over(theirs.node, theirs.free - ours.free)


def _summed_over(node: Node, indices: frozenset[str]) -> Node:
    for index in sorted(indices):
        node = kinds.Sum(index, None, None, None, node)
    return node


def summed_outside(node: Node, over: frozenset[str] = frozenset()) -> Node:
    """The same without sums within sums over the same index: ``g_i (a_i + b_i c_i)`` is one sum over all of it."""
    if isinstance(node, kinds.Sum):
        if node.index in over:
            return summed_outside(node.body, over)
        over |= {node.index}
    return node.rebuilt(lambda part: summed_outside(part, over))


def _as_it_stands(side: Node, sizes: frozenset[str]) -> Summed:
    """A side that writes its sums: no other is meant there."""
    return Summed(side, frozenset(), frozenset(free_indices(side, tuple(sorted(sizes)))))


@lru_cache(maxsize=2000)
def summed(node: Node, sizes: frozenset[str]) -> Summed | None:
    """An expression with repeated indices summed; ``None`` where an index is repeated in no way that this convention knows."""
    try:
        term = _term(node, sizes)
        return Summed(term.closed, frozenset(term.over) | term.repeated, frozenset(term.free))
    except _Ambiguous:
        return None


@dataclass
class _Term:
    """A factor, or a product of some: how often each index that is not bound stands in it, and what was summed inside."""

    node: Node
    count: Counter[str] = field(default_factory=Counter)
    over: set[str] = field(default_factory=set)

    @property
    def repeated(self) -> set[str]:
        """The indices that stand in it twice."""
        if any(number > 2 for number in self.count.values()):
            raise _Ambiguous
        return {index for index, number in self.count.items() if number == 2}

    @property
    def free(self) -> set[str]:
        """The indices that stand in it once."""
        return {index for index, number in self.count.items() if number == 1}

    @property
    def closed(self) -> Node:
        """It with a sum over what is repeated."""
        body = self.node
        for index in sorted(self.repeated):
            body = kinds.Sum(index, None, None, None, body)
        return body

    def as_factor(self) -> "_Term":
        """It with a sum over what is repeated, as one factor of a product."""
        return _Term(self.closed, Counter(self.free), self.over | self.repeated)


def _term(node: Node, sizes: frozenset[str]) -> _Term:
    """What stands in a term, with its sums not yet written."""
    if isinstance(node, kinds.Sum):
        raise _Ambiguous
    if isinstance(node, kinds.Indexed):
        inside = _term(node.body, sizes).as_factor()
        return _Term(type(node)(inside.node, node.indices), inside.count + _indices(node.indices, sizes), inside.over)
    if isinstance(node, kinds.Function) and node.name == "delta":
        return _Term(node, _indices(node.arguments, sizes))
    if isinstance(node, (kinds.Add, kinds.Group, kinds.Function, kinds.Power, kinds.Tuple, kinds.Cases, kinds.Matrix)):
        return _apart(node, sizes)
    # What stands in a product, a fraction or a derivative stands in one term.
    parts = [_term(part, sizes) for part in node.parts]
    if not isinstance(node, (kinds.Negative, kinds.Differentiated, kinds.Transposed, kinds.Product)):
        parts = [part.as_factor() for part in parts]
    waiting = iter([part.node for part in parts])
    count: Counter[str] = Counter()
    over: set[str] = set()
    for part in parts:
        count += part.count
        over |= part.over
    return _Term(node.rebuilt(lambda part: next(waiting)), count, over)


def _apart(node: Node, sizes: frozenset[str]) -> _Term:
    """An expression in which each part is a term of its own."""
    parts = [_term(part, sizes).as_factor() for part in node.parts]
    waiting = iter([part.node for part in parts])
    free = set().union(*(part.free for part in parts))
    over = set().union(*(part.over for part in parts))
    return _Term(node.rebuilt(lambda part: next(waiting)), Counter(free), over)


def _indices(indices: tuple[Node, ...], sizes: frozenset[str]) -> Counter[str]:
    return Counter(
        each.text for each in indices if isinstance(each, kinds.Name) and each.text in LETTERS and each.text not in sizes
    )
