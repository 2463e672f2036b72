"""A case of two indices that ended with its paragraph: what corrects a step of it, or says one in another form, is meant for it, too."""

from matrix_checks.derivations.certificate.unsaid_cases import OF_A_CASE
from matrix_checks.derivations.context.around import Member
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD, Finding
from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.judging.assumptions import Assumptions
from matrix_checks.derivations.judging.relations import Relations
from matrix_checks.derivations.prose.prose import Case
from matrix_checks.derivations.reading.cases_in_words import speaks_of_other_case

MAY_BE_OTHER = "it is true in the other one of two cases, of which the text has had one, and may be meant for that"
MAY_BE_MEANT = "it is true for the indices of the case before it, and may be meant for them only"


class EarlierCase:
    """The last case that the text spoke of, and what it said of it.

    Parameters
    ----------
    context, assumptions, relations
        What the text said so far, under which conditions, and what judges one relation.
    """

    def __init__(self, context: Context, assumptions: Assumptions, relations: Relations):
        self._context, self._assumptions, self._relations = context, assumptions, relations
        self._case: Case | None = None
        # What was set equal to something in the case, and whether the last of that was false.
        self._said: dict[Member, bool] = {}

    def weigh(self, first: Member, left: Member, right: Member, finding: Finding) -> Finding:
        """The finding on a relation where the case before it is thought of.

        Parameters
        ----------
        first
            What the chain of the relation begins with.
        left, right
            The relation.
        finding
            What was found about it under the conditions that stand beside it.
        """
        case = self._context.case
        if case is not None:
            if case != self._case:
                self._case, self._said = case, {}
            self._said[first] = self._said.get(first, False) or finding.verdict == FALSE
            may_be_other = speaks_of_other_case(self._relations.surroundings.sentence)
            return self._in_other_case([case], left, right, finding) if may_be_other else finding
        if self._case is None or self._case != self._assumptions.ended:
            return finding
        if first not in self._said:
            return self._weigh_first(self._case, first, left, right, finding)
        if finding.verdict == HOLDS:
            if left == first:
                # It is said for all indices now.
                self._said.pop(first)
            return finding
        is_correction = self._said[first]
        is_false = _is_false(finding) or (is_correction and finding.is_doubted)
        if not is_false or not self._relations.holds_in_case(self._case, left, right):
            return self._in_other_case([self._case], left, right, finding)
        if is_correction or self._assumptions.goes_on:
            return Finding(HOLDS, as_written=False)
        return Finding(NOT_UNDERSTOOD, MAY_BE_MEANT, is_doubted=True)

    def _weigh_first(self, case: Case, first: Member, left: Member, right: Member, finding: Finding) -> Finding:
        """The same where the case was used for other steps only, as for the derivatives of a numerator and of a denominator."""
        letters = self._context.views[0].letters
        free = {index for side in (left, right) if isinstance(side, Node) for index in free_indices(side, letters)}
        # Of two that stood side by side, either may be thought of.
        cases = [each for each in (case, self._context.beside) if each is not None and free.issuperset(each[:2])]
        if not _is_false(finding):
            return finding
        if not any(self._relations.holds_in_case(each, left, right) for each in cases):
            return self._in_other_case(cases, left, right, finding)
        if not self._assumptions.is_near:
            return Finding(NOT_UNDERSTOOD, MAY_BE_MEANT, is_doubted=True)
        # It is said of the case now.
        self._said[first] = False
        return Finding(HOLDS, as_written=False)

    def _in_other_case(self, cases: list[Case], left: Member, right: Member, finding: Finding) -> Finding:
        """The same where it may be said of the other case: words in any language may say that this follows."""
        others = [(one, other, not is_same) for one, other, is_same in cases]
        is_of_other = _is_false(finding) and any(self._relations.holds_in_case(each, left, right) for each in others)
        return Finding(NOT_UNDERSTOOD, MAY_BE_OTHER, is_doubted=True) if is_of_other else finding


def _is_false(finding: Finding) -> bool:
    """Whether a relation is false for all indices, also where it may be said of one case."""
    return finding.verdict == FALSE or finding.reason == OF_A_CASE
