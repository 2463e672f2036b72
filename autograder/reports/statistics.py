"""What a class as a whole did with each check and each derivation: counts and one correlation, from plain numbers."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from autograder.grading.work import CheckedFunction, ReadWriteup
from autograder.reports.findings import CheckFinding
from matrix_checks.derivations.equality.verdicts import STATED
from matrix_checks.derivations.judging.report import Report, Step

# With fewer students than these, a correlation is an accident.
FEWEST = 5
# Of the diagnoses, reasons and steps that are listed.
MOST_LISTED = 5
# Below this spread, the numbers are equal but for rounding.
NO_SPREAD = 1e-9

EMPTY, UNREADABLE, FALSE_STEP, INCOMPLETE, COMPLETE = "empty", "unreadable", "a false step", "incomplete", "complete"
NO_DIAGNOSIS = "wrong without a diagnosis"
# What a check says of a function of which there are no numbers to explain.
_WITHOUT_NUMBERS = ("not written yet", "there is no function named", "stopped: no answer")
STAGES = (EMPTY, UNREADABLE, FALSE_STEP, INCOMPLETE, COMPLETE)

Counts = list[tuple[str, int]]


@dataclass(frozen=True)
class CheckSummary:
    """One check in a class.

    Attributes
    ----------
    function
        The name of the function.
    students, passed
        How many were checked, and how many earned all points.
    share
        The mean share of the points.
    discrimination
        The item-rest correlation; ``None`` where there is none.
    diagnoses
        The most frequent ones, with the number of students.
    """

    function: str
    students: int
    passed: int
    share: float
    discrimination: float | None
    diagnoses: Counts

    @property
    def passed_share(self) -> float:
        """From 0 to 1."""
        return self.passed / self.students if self.students else 0.0


@dataclass(frozen=True)
class Funnel:
    """One derivation in a class: how far it was brought.

    Attributes
    ----------
    writeup
        Its ``grade_id``.
    stages
        How many write-ups ended at each of :data:`STAGES`, in that order.
    reasons
        The most frequent reasons of a first false step.
    places
        At which equality of the write-up, counted from 1, the first false one stands, the most frequent first.
    steps
        The most frequent first false steps, in TeX.
    """

    writeup: str
    stages: tuple[int, ...]
    reasons: Counts
    places: list[tuple[int, int]]
    steps: Counts


def pearson(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Pearson's correlation; ``None`` for fewer than :data:`FEWEST` pairs, and where one side does not vary."""
    count = len(one)
    if count < FEWEST:
        return None
    first, second = math.fsum(one) / count, math.fsum(other) / count
    left, right = [each - first for each in one], [each - second for each in other]
    spread = math.sqrt(math.fsum(x * x for x in left)) * math.sqrt(math.fsum(y * y for y in right))
    if spread < NO_SPREAD:
        return None
    return max(-1.0, min(1.0, math.fsum(x * y for x, y in zip(left, right)) / spread))


def item_rest(points: Sequence[Sequence[float]], item: int) -> float | None:
    """How well an item tells strong students from weak ones: the correlation of its points with the sum of all others.

    Parameters
    ----------
    points
        A row for each student, a column for each item.
    item
        The column.
    """
    return pearson([row[item] for row in points], [math.fsum(row) - row[item] for row in points])


def summaries_of_checks(names: Sequence[str], rows: Sequence[Sequence[CheckedFunction | None]]) -> list[CheckSummary]:
    """A summary of each check.

    Parameters
    ----------
    names
        The functions.
    rows
        What was found, a row for each student and a column for each function; ``None`` where the cell was not there.
    """
    points = [[0.0 if each is None else each.points for each in row] for row in rows]
    found = []
    for column, name in enumerate(names):
        checks = [each for row in rows if (each := row[column]) is not None]
        found.append(
            CheckSummary(
                name,
                len(checks),
                sum(is_passed(each) for each in checks),
                math.fsum(share_of(each) for each in checks) / max(len(checks), 1),
                item_rest(points, column),
                most_frequent(diagnosis for each in checks for diagnosis in diagnoses_of(each)),
            )
        )
    return found


def is_passed(check: CheckedFunction) -> bool:
    """Whether it earned all points."""
    return check.points >= check.most


def share_of(check: CheckedFunction) -> float:
    """The share of the points, from 0 to 1."""
    return max(0.0, min(1.0, check.points / check.most)) if check.most > 0 else 1.0


def diagnoses_of(check: CheckedFunction) -> list[str]:
    """What the check says was probably done, each sentence once; that it says nothing of a mistake, where it does not."""
    if is_passed(check):
        return []
    own = CheckFinding.of_output(check.function, check.printed, False).sentences
    if not own:
        return [next((words for words in _WITHOUT_NUMBERS if words in check.printed), NO_DIAGNOSIS)]
    # Of a line that begins with the name of an output, both readings are there: the one without the name is enough.
    return [each for each in dict.fromkeys(own) if not any(each != other and each.endswith(f": {other}") for other in own)]


def funnel_of(writeup: str, found: Sequence[ReadWriteup | None]) -> Funnel:
    """How far a class brought one derivation; ``None`` stands for a write-up whose cell is not there."""
    stages = Counter(stage_of(each) for each in found)
    false = [each.report for each in found if each is not None and each.report is not None and stage_of(each) == FALSE_STEP]
    firsts = [(report, step) for report in false if (step := report.first_false) is not None]
    places = Counter(place_of(report, step) for report, step in firsts)
    return Funnel(
        writeup,
        tuple(stages[stage] for stage in STAGES),
        most_frequent(step.reason for _, step in firsts if step.reason),
        sorted(places.items(), key=lambda each: (-each[1], each[0]))[:MOST_LISTED],
        most_frequent(" ".join(f"{step.left} {step.sign} {step.right}".split()) for _, step in firsts),
    )


def stage_of(writeup: ReadWriteup | None) -> str:
    """How far a derivation was brought: one of :data:`STAGES`."""
    if writeup is None or writeup.is_empty:
        return EMPTY
    if writeup.report is None or not writeup.report.is_readable:
        return UNREADABLE
    if writeup.report.first_false is not None:
        return FALSE_STEP
    return COMPLETE if writeup.report.complete else INCOMPLETE


def place_of(report: Report, step: Step) -> int:
    """Which equality of the write-up a step is, counted from 1; conditions and declarations are none."""
    return 1 + sum(each.verdict != STATED for each in report.steps[: report.steps.index(step)])


def most_frequent(sentences: Iterable[str], most: int = MOST_LISTED) -> Counts:
    """The most frequent ones with their counts; the order in which they come does not matter."""
    return sorted(Counter(sentences).items(), key=lambda each: (-each[1], each[0]))[:most]
