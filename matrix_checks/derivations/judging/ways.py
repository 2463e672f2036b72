"""The ways of a derivation that the rubric counts: by the differential, by indices, case by case; a new one is a row of ``WAYS``."""

from collections.abc import Callable

from matrix_checks.derivations.context.around import Member
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.equality.verdicts import HOLDS, Finding
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.prose.prose import Case

Parts = frozenset[str]
BOTH = frozenset(("same", "other"))


def _differential(member: kinds.Node, end: kinds.Node, case: Case | None, defined: Parts) -> Parts:
    """The differential of what the exercise defines is found."""
    bodies = [part.body for part in member.everything if isinstance(part, (kinds.Differential, kinds.Differentiated))]
    return BOTH if any(not body.names.isdisjoint(defined) for body in bodies) else frozenset()


def _indices(member: kinds.Node, end: kinds.Node, case: Case | None, defined: Parts) -> Parts:
    """A derivative of what the exercise defines with respect to an entry is found."""
    return BOTH if _by_entries(member, defined) else frozenset()


def _cases(member: kinds.Node, end: kinds.Node, case: Case | None, defined: Parts) -> Parts:
    """A derivative of an entry with respect to an entry is found where both are the same, and where they are not, or for both at once."""
    entries = _by_entries(member, defined)
    if not entries:
        return frozenset()
    if kinds.Cases in end.kinds or any(isinstance(part, kinds.Function) and part.name == "delta" for part in end.everything):
        return BOTH
    if case is not None:
        return frozenset(("same" if case[2] else "other",))
    same = any(_letters(part.top) == _letters(part.bottom) for part in entries)
    return frozenset(("same",)) if same else frozenset()


def _by_entries(node: kinds.Node, defined: Parts) -> list[kinds.Derivative]:
    derivatives = [part for part in node.everything if isinstance(part, kinds.Derivative)]
    return [part for part in derivatives if isinstance(part.bottom, kinds.Indexed) and not part.top.names.isdisjoint(defined)]


def _letters(node: kinds.Node) -> tuple[kinds.Node, ...]:
    return node.indices if isinstance(node, kinds.Indexed) else ()


def _is_found(end: kinds.Node, defined: Parts) -> bool:
    """Whether nothing is left to be differentiated by a variable, or of what the exercise defines."""
    for part in end.everything:
        if isinstance(part, kinds.Derivative) and part.bottom.names.isdisjoint(defined):
            return False
        if isinstance(part, (kinds.Differential, kinds.Differentiated)) and not part.body.names.isdisjoint(defined):
            return False
    return True


WAYS: dict[str, Callable[[kinds.Node, kinds.Node, Case | None, Parts], Parts]] = {
    "by the differential": _differential,
    "by indices": _indices,
    "in both cases": _cases,
}


class Ways:
    """Which ways were found so far: each in a chain that holds, from what is asked for to an end with nothing left to differentiate.

    Attributes
    ----------
    found
        Whether each of the ways that are asked for was found.
    """

    def __init__(self, asked: tuple[str, ...]):
        self.found = dict.fromkeys(asked, False)
        self._parts = {way: frozenset[str]() for way in asked}

    def note(self, nodes: list[Member], findings: list[Finding], context: Context) -> None:
        """Look at a chain that was judged."""
        *members, end = nodes
        holds = all(finding.verdict == HOLDS for finding in findings) and any(finding.earns for finding in findings)
        if not self.found or not holds or isinstance(end, str):
            return
        views = context.views
        defined = frozenset(
            {name for view in views for name in view.definitions}
            | {name for view in views for name, meant in view.aliases.items() if meant in view.definitions}
        )
        if not _is_found(end, defined):
            return
        for way in self.found:
            for member in members:
                if isinstance(member, kinds.Node):
                    self._parts[way] |= WAYS[way](member, end, context.case, defined)
            self.found[way] = self._parts[way] == BOTH
