"""Trying whether a changed equality is true, within the work that is left for explaining the one that is false."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.equality.sides import Setting
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.prose.prose import Case
from matrix_checks.derivations.values.sample import Work

MAXIMAL_TRIALS = 200
QUICK_ENTRIES = 3
WORK_PER_TRIAL = 1_500
# What is evaluated was perhaps evaluated before; to try it takes time all the same.
LEAST_WORK = 15
# What a change is said to do, and the two sides after it.
Changed = tuple[str, Node, Node]


@dataclass
class Trials:
    """What may still be tried for one false equality.

    Attributes
    ----------
    setting
        What the equality was judged in, with the search for its repairs.
    tries
        How many more changes are tried.
    """

    setting: Setting
    tries: int = MAXIMAL_TRIALS

    def first(self, changes: Iterable[Changed]) -> str:
        """The words of the first change that makes the equality true; empty if none does."""
        for words, left, right in changes:
            if not self.goes_on:
                return ""
            if self.hold(left, right):
                return words
        return ""

    @property
    def goes_on(self) -> bool:
        """Whether there is work left."""
        return self.tries > 0 and self.setting.work.left > 0

    def hold(self, left: Node, right: Node, setting: Setting | None = None, case: Case | None = None) -> bool:
        """Whether ``left = right`` is true, in another setting or in a case if one is given."""
        if not self.goes_on:
            return False
        self.tries -= 1
        work = self.setting.work
        budget = min(WORK_PER_TRIAL, work.left)
        inner = replace(setting or self.setting, work=Work(budget), search=self.setting.search)
        inner = replace(inner, case=case) if case else inner
        # Most changes are wrong for the first entries already.
        quick = replace(inner, search=replace(inner.search, entries=QUICK_ENTRIES))
        found = holds(quick, left, right) and holds(inner, left, right)
        work.left -= max(budget - max(inner.work.left, 0), LEAST_WORK)
        return found
