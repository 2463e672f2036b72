"""Under which condition a formula is claimed: a case of indices, what is assumed, and how long either lasts."""

import re
from itertools import permutations

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import renamed
from matrix_checks.derivations.equality.verdicts import FALSE, NOT_UNDERSTOOD, STATED, Finding
from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.prose import words
from matrix_checks.derivations.prose.prose import Before, Case
from matrix_checks.derivations.reading import vocabulary
from matrix_checks.derivations.reading.cases_in_words import case_before, is_second_case, says_opposite, speaks_of_all
from matrix_checks.derivations.reading.conditions import INDEX_LETTERS, Condition, Stance
from matrix_checks.derivations.reading.formulas import Chain

# Behind it, what was assumed is not assumed any longer.
_SENTENCE_ENDS = re.compile(r"[.!?](?:\s|$)|\n[ \t]*\n")

_HEADING = re.compile(r"(?:^|\n)[ \t]*(?:#|\*\*|---|___)")
_HEADING_BEFORE = re.compile(r"(?:^|\n)[ \t]*(?:#|\*\*)[^\n]*$")

# What is said for the other indices goes on from what was said so many steps before, or later.
MOST_SAID = 4


class Assumptions:
    """The conditions that hold where the reader is.

    Parameters
    ----------
    context
        What the text said so far; it is told of the case.

    Attributes
    ----------
    ended, is_near
        The last case that ended with its paragraph, or with its display; whether no word stood behind its paragraph since.
    goes_on
        Whether formulas alone stood behind the last one that was claimed under a case: another line belongs to it.
    assumed
        Whether something that cannot be judged is assumed.
    unnamed
        Whether two indices are the same in a case that words speak of without their letters; ``None`` for no such case.
    used
        Whether a statement was judged under the case, which then ends with its paragraph.
    """

    def __init__(self, context: Context):
        self._context = context
        # The last case that was said, of which "otherwise" is the opposite.
        self._last: Case | None = None
        # Whether another case may hold beside this one: then nothing is called false.
        self._several = False
        # Whether every array is a number in this sentence.
        self._all_numbers = False
        # Whether a heading stands before the formula, and whether the case is that of one.
        self._is_heading = self._lasts = False
        # What was set equal to something so far.
        self._said: list[Node] = []
        self.ended: Case | None = None
        self.is_near = False
        self.goes_on = False
        self.assumed = False
        self.unnamed: bool | None = None

    @property
    def has_case(self) -> bool:
        """Whether a case was said, of which "otherwise" is the opposite."""
        return self._last is not None

    def hear(self, before: Before) -> None:
        """What prose says of the formulas behind it."""
        if before.ends_paragraph or (self._all_numbers and _SENTENCE_ENDS.search(before.prose)):
            self._context.sizes, self._all_numbers = self._context.sizes_throughout, False
        if words.ALL_NUMBERS.search(_SENTENCE_ENDS.split(before.prose)[-1]):
            self._context.sizes = {letter: 1 for view in self._context.views for letter in view.letters}
            self._context.memory.fixes_sizes = self._all_numbers = True
        if _HEADING.search(before.prose):
            self._lasts = False
        self._is_heading = _HEADING_BEFORE.search(before.prose) is not None
        if not vocabulary.only_connects(before.prose):
            self.goes_on = False
        if any(map(str.isalpha, before.words_of_paragraph)):
            self.is_near = False
        if before.ends_paragraph and self._context.is_case_used:
            self._end_case()
            self.is_near = not any(map(str.isalpha, before.words_of_paragraph))
        if _SENTENCE_ENDS.search(before.prose):
            self.assumed = False
        if self._context.is_case_used and speaks_of_all(before.prose):
            self._lasts = False
            self._end_case()
        ends = before.ends_paragraph or _SENTENCE_ENDS.search(before.prose) or not vocabulary.only_connects(before.prose)
        named = case_before(before.prose)
        # "Case of two different indices. It does not depend on $x_k$:" is said of what follows, too.
        self.unnamed = named if named is not None or ends else self.unnamed
        if before.case:
            self.set_case(before.case)
        elif self._last is not None:
            one, other, is_same = self._last
            if says_opposite(before.prose) or (is_same and is_second_case(before.prose, one, other)):
                self.set_case((one, other, not is_same))

    def set_case(self, case: Case) -> None:
        """What follows is claimed where two indices are equal, or differ."""
        before = self._context.case
        self._several = before is not None and not self._context.is_case_used and set(before[:2]) != set(case[:2])
        self._context.beside = before if self._several else None
        self._context.case, self._context.is_case_used, self._last, self.ended = case, False, case, None
        self._lasts = self._is_heading

    def name_case(self, node: Node) -> None:
        """The case that words spoke of is one of the two indices of what is said first."""
        free = sorted(free_indices(node, self._context.views[0].letters))
        if self.unnamed is not None and len(free) == 2:
            self.set_case((free[0], free[1], self.unnamed))
            self.unnamed = None

    def name_rest(self, node: Node) -> bool:
        """What is said for the other indices is said where an index differs from the one in its place in what was said before.

        Whether that is so is given: ``\\partial y_i/\\partial x_i``, and ``\\partial y_i/\\partial x_k`` for other ``k``.
        """
        free = sorted(free_indices(node, self._context.views[0].letters))
        case = self._context.case
        if case is not None and {*case[:2]} <= {*free}:
            return True
        for said in reversed(self._said[-MOST_SAID:]):
            for one, other in permutations(free, 2):
                if renamed(node, {one: other}) == said != node:
                    self.set_case((one, other, False))
                    return True
        return False

    def say(self, node: Node) -> None:
        """Something was said of an expression."""
        self._said.append(node)

    def use(self, claims: bool) -> None:
        """A formula was read, which claims something or does not."""
        self._context.is_case_used |= claims
        self.goes_on |= claims and self._context.case is not None

    def leave(self, outer: Case | None, goes_on: bool) -> None:
        """The case of one formula ends behind it; where no other goes on, it is the last one that ended, and lines alone may belong to it."""
        self.goes_on &= goes_on and outer is None
        if self.goes_on:
            self._end_case()

    def go_on_beside(self, outer: Case | None) -> None:
        """A case was only compared with: what follows is claimed in the one before, or else in the other one of the two."""
        compared, before = self._context.case, outer or self.ended
        if before is None and compared is not None:
            before = (*compared[:2], not compared[2])
        if before is not None:
            self.set_case(before)

    def assume(self, condition: Condition | None) -> None:
        """What follows is claimed under a condition."""
        if condition and condition.pair:
            self.set_case(condition.pair)
        elif condition:
            self.assumed = True

    def condition_of(self, stance: Stance) -> Condition | None:
        """The condition that a formula's neighbours set."""
        if stance.opposite and self._last:
            return Condition(self._last).opposite
        return stance.condition

    def end_display(self) -> None:
        """A case ends with the display that was claimed under it."""
        if self._context.is_case_used:
            self._end_case()

    def _end_case(self) -> None:
        if self._lasts:
            # What a heading says is so up to the next one.
            return
        self.ended, self._context.case = self._context.case or self.ended, None
        # So is one that held beside it; where an earlier case is looked at again, it is looked at with that.
        self._several = False

    def end_formula(self, source: str) -> None:
        """A sentence may end with a formula."""
        if source.rstrip().endswith("."):
            self.assumed = False
            if self._all_numbers:
                self._context.sizes, self._all_numbers = self._context.sizes_throughout, False

    def weigh(self, finding: Finding, stance: Stance) -> Finding:
        """What is false is a condition behind an "if", and not understood under one."""
        if finding.verdict == STATED:
            # What is set to zero, with a reason, is no condition of what is said of something else.
            self.assumed |= not finding.reason
        elif stance.is_condition and (finding.verdict == FALSE or finding.is_doubted):
            self.assumed = True
            return Finding(STATED, earns=False)
        elif finding.verdict == FALSE and (self.assumed or self._several):
            return Finding(NOT_UNDERSTOOD, "what holds under a condition is not judged", is_doubted=True)
        return finding


def case_of(chain: Chain) -> Case | None:
    """The two indices of a condition."""
    if len(chain.members) != 2 or any(len(member) != 1 for member in chain.members):
        return None
    one, two = (str(member[0]) for member in chain.members)
    return (one, two, chain.signs[0] != "\\ne") if {one, two} <= INDEX_LETTERS else None
