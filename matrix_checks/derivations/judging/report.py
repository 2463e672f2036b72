"""What was found in a write-up."""

from dataclasses import dataclass, field

from matrix_checks.derivations.judging.verdicts import FALSE, FIRST_ORDER, HOLDS, NOT_UNDERSTOOD, OTHER_LAYOUT


@dataclass(frozen=True)
class Step:
    """One equality of a write-up with its verdict.

    Attributes
    ----------
    left, sign, right
        TeX.
    verdict, reason
        See :mod:`matrix_checks.derivations.judging.verdicts`.
    start
        Where its formula begins in the Markdown.
    """

    left: str
    sign: str
    right: str
    verdict: str
    reason: str
    start: int


@dataclass
class Report:
    """What was found in a write-up.

    Attributes
    ----------
    steps
        The equalities, in order.
    answers
        For each question: ``reached``, ``other layout``, ``wrong`` or ``missing``.
    notes
        What the reader should know, a sentence each.
    """

    steps: list[Step] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def first_false(self) -> Step | None:
        """The first step that is false."""
        return next((step for step in self.steps if step.verdict == FALSE), None)

    def count(self, verdict: str) -> int:
        """How many steps have a verdict."""
        return sum(step.verdict == verdict for step in self.steps)

    @property
    def share(self) -> float:
        """The suggested share of the points, from 0 to 1; a person decides.

        Half for the steps that are true (all but the false ones, as far as they were understood), half for the answers.
        """
        read = [step for step in self.steps if step.verdict != NOT_UNDERSTOOD]
        if not read:
            return 0.0
        worth = {HOLDS: 1.0, FIRST_ORDER: 0.75, OTHER_LAYOUT: 0.75, FALSE: 0.0}
        steps = sum(worth[step.verdict] for step in read) / len(read)
        answers = [{"reached": 1.0, "other layout": 0.75}.get(found, 0.0) for found in self.answers.values()]
        return 0.5 * steps + 0.5 * (sum(answers) / len(answers) if answers else steps)

    @property
    def complete(self) -> bool:
        """Whether every step holds and every answer is reached."""
        good = all(step.verdict in (HOLDS, FIRST_ORDER) for step in self.steps)
        return bool(self.steps) and good and all(found == "reached" for found in self.answers.values())
