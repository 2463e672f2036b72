"""The ways of a derivation that the rubric counts: by the differential, by indices, case by case; a new one is a row of ``WAYS``."""

from collections.abc import Callable

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.judging.introductions import Member
from matrix_checks.derivations.judging.prose import Case
from matrix_checks.derivations.judging.verdicts import HOLDS, Finding

Parts = frozenset[str]
BOTH = frozenset(("same", "other"))


def _differential(left: kinds.Node, right: kinds.Node, case: Case | None) -> Parts:
    """Something is said of a differential, or of how a function changes by a step."""
    if any(kind in side.kinds for side in (left, right) for kind in (kinds.Differential, kinds.Differentiated)):
        return BOTH
    return frozenset()


def _indices(left: kinds.Node, right: kinds.Node, case: Case | None) -> Parts:
    """A derivative with respect to an entry is found."""
    return BOTH if any(_by_entry(part) for part in left.everything) else frozenset()


def _cases(left: kinds.Node, right: kinds.Node, case: Case | None) -> Parts:
    """A derivative of an entry with respect to an entry is found where both are the same, and where they are not, or for both at once."""
    entries = [part for part in left.everything if _by_entry(part) and isinstance(part, kinds.Derivative)]
    if not entries:
        return frozenset()
    indices = [_letters(part.top) == _letters(part.bottom) for part in entries]
    if kinds.Cases in right.kinds or any(isinstance(part, kinds.Function) and part.name == "delta" for part in right.everything):
        return BOTH
    if case is not None:
        return frozenset(("same" if case[2] else "other",))
    return frozenset(("same",)) if any(indices) else frozenset()


def _by_entry(part: kinds.Node) -> bool:
    return isinstance(part, kinds.Derivative) and isinstance(part.bottom, kinds.Indexed)


def _letters(node: kinds.Node) -> tuple[kinds.Node, ...]:
    return node.indices if isinstance(node, kinds.Indexed) else ()


WAYS: dict[str, Callable[[kinds.Node, kinds.Node, Case | None], Parts]] = {
    "by the differential": _differential,
    "by indices": _indices,
    "in both cases": _cases,
}


class Ways:
    """Which ways were found so far.

    Attributes
    ----------
    found
        Whether each of the ways that are asked for was found.
    """

    def __init__(self, asked: tuple[str, ...]):
        self.found = dict.fromkeys(asked, False)
        self._parts = {way: frozenset[str]() for way in asked}

    def note(self, left: Member, right: Member, finding: Finding, case: Case | None) -> None:
        """Look at an equality that was judged."""
        if finding.verdict != HOLDS or not finding.earns or isinstance(left, str) or isinstance(right, str):
            return
        for way in self.found:
            self._parts[way] |= WAYS[way](left, right, case)
            self.found[way] = self._parts[way] == BOTH
