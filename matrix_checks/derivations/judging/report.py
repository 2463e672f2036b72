"""What was found in a write-up."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from matrix_checks.derivations.equality.verdicts import FALSE, FIRST_ORDER, HOLDS, NOT_UNDERSTOOD, OTHER_LAYOUT, STATED

# So many different steps that hold are the least of a derivation, and so many are worth all that steps are worth.
STEPS_PER_ANSWER = 3
STEPS_FOR_ALL = 2


@dataclass(frozen=True, slots=True)
class Step:
    """One equality of a write-up with its verdict.

    Attributes
    ----------
    left, sign, right
        TeX.
    verdict, reason
        See :mod:`matrix_checks.derivations.equality.verdicts`.
    start
        Where its formula begins in the Markdown.
    earns
        Whether it is a step that counts: no repetition, no definition, no ``x = x``.
    certificate
        Of a false step, the conditions that were met; see :mod:`matrix_checks.derivations.certificate.certificate`.
    place
        Where its sign stands there; -1 where it has none.
    """

    left: str
    sign: str
    right: str
    verdict: str
    reason: str
    start: int
    earns: bool = True
    certificate: tuple[str, ...] = ()
    place: int = -1


@dataclass
class Report:
    """What was found in a write-up.

    Attributes
    ----------
    steps
        The equalities, in order.
    answers
        For each question: ``reached``, ``other layout``, ``other factor``, ``wrong`` or ``missing``.
    differentials
        The questions for a gradient of which the differential was found.
    ways
        For each way of the derivation that is asked for: whether it was found.
    notes
        What the reader should know, a sentence each.
    is_whole
        Whether all of the text was read: nothing was hidden, and nothing too long.
    has_picture
        Whether there is a picture in it.
    account
        Every relation sign and arrow of the formulas: where it stands, and where it ended;
        see :mod:`matrix_checks.derivations.reading.account`.
    """

    steps: list[Step] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    ways: dict[str, bool] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    is_whole: bool = True
    account: list[tuple[int, str]] = field(default_factory=list)
    has_picture: bool = False
    differentials: list[str] = field(default_factory=list)

    def at(self, place: Callable[[int], int]) -> "Report":
        """The same report with each step and sign at another place."""
        steps = [replace(step, start=place(step.start), place=place(step.place)) for step in self.steps]
        return replace(self, steps=steps, account=[(place(where), kind) for where, kind in self.account])

    @property
    def first_false(self) -> Step | None:
        """The first step that is false."""
        return next((step for step in self.steps if step.verdict == FALSE), None)

    def count(self, verdict: str) -> int:
        """How many steps have a verdict."""
        return sum(step.verdict == verdict for step in self.steps)

    @property
    def telling(self) -> list[Step]:
        """The steps that were understood and count."""
        return [step for step in self.steps if step.verdict not in (NOT_UNDERSTOOD, STATED) and step.earns]

    @property
    def is_readable(self) -> bool:
        """Whether anything in it could be read: otherwise there is no number to suggest."""
        return any(step.verdict not in (NOT_UNDERSTOOD, STATED) for step in self.steps)

    @property
    def is_derived(self) -> bool:
        """Whether there is a derivation before the answers: an answer alone is none."""
        held = {(step.left.strip(), step.right.strip()) for step in self.telling if step.verdict == HOLDS}
        return len(held) >= STEPS_PER_ANSWER * max(len(self.answers), 1)

    @property
    def share(self) -> float:
        """The suggested share of the points, from 0 to 1; a person decides.

        Half for the steps that are true (all but the false ones, as far as they were understood), half for the answers and for the
        ways that are asked for. Few steps are worth less than half.
        """
        worth = {HOLDS: 1.0, FIRST_ORDER: 0.75, OTHER_LAYOUT: 0.75, FALSE: 0.0}
        telling = self.telling
        steps = sum(worth[step.verdict] for step in telling) / max(len(telling), 1)
        steps *= min(1.0, len(telling) / (STEPS_FOR_ALL * max(len(self.answers), 1)))
        answers = [{"reached": 1.0, "other layout": 0.75, "other factor": 0.75}.get(found, 0.0) for found in self.answers.values()]
        asked = [*answers, *map(float, self.ways.values())]
        return 0.5 * steps + 0.5 * (sum(asked) / len(asked) if asked else steps)

    @property
    def complete(self) -> bool:
        """Whether every step holds, there is a derivation, every answer is reached and every way taken."""
        good = all(step.verdict in (HOLDS, STATED) for step in self.steps)
        reached = all(found == "reached" for found in self.answers.values())
        return self.is_whole and good and reached and all(self.ways.values()) and self.is_derived
