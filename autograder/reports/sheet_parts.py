"""What one defence sheet says, as plain values: marks, exercises, write-ups step by step, and functions with their verdicts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autograder.course.assignment import Assignment, Exercise
from autograder.grading.check_text import CheckText, check_text
from autograder.grading.missing import not_found
from autograder.grading.work import PICTURES, CheckedFunction, ReadWriteup, Work
from autograder.reports.class_data import CellMark, StudentsWork
from autograder.reports.doubts import titled
from autograder.reports.model_answers import NONE, ModelAnswer
from matrix_checks.derivations.equality.verdicts import FALSE, FIRST_ORDER, HOLDS, NOT_UNDERSTOOD, OTHER_LAYOUT, STATED
from matrix_checks.derivations.judging.display import ANSWERS, Line, stretches
from matrix_checks.derivations.judging.report import Report, Step

ORAL = "defence"
_BASE_64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")
_WRITEUP, _CHECK = "writeup_", "check_"
Models = Mapping[str, ModelAnswer]


@dataclass(frozen=True)
class MarkRow:
    """One line of the table of marks.

    Attributes
    ----------
    label
        What was marked.
    points, most
        What was given, and the maximum; ``None`` where there is none.
    note
        What else is to be said.
    """

    label: str
    points: float | None
    most: float | None
    note: str = ""


@dataclass(frozen=True)
class WriteupPart:
    """One derivation, as far as a reviewer needs it."""

    cell: str
    title: str
    work: ReadWriteup
    mark: CellMark
    model: ModelAnswer

    @property
    def report(self) -> Report | None:
        """What the reader found."""
        return self.work.report

    @property
    def false(self) -> Step | None:
        """The first step that is false."""
        return self.report.first_false if self.report else None

    @property
    def number_of_false(self) -> int:
        """The number of that step, counted from 1; 0 where none is false."""
        return self.report.steps.index(self.false) + 1 if self.report and self.false else 0

    @property
    def pictures(self) -> list[tuple[str, str]]:
        """A type and the picture in base 64, of those that are pictures."""
        return [(kind, data) for kind, data in self.work.pictures.values() if kind in PICTURES and _BASE_64.fullmatch(data)]

    @property
    def stretches(self) -> list[list[Line]]:
        """The steps, true ones together."""
        return stretches(self.report) if self.report else []

    @property
    def found(self) -> list[tuple[str, str]]:
        """The answers and ways that are there: a verdict, and words in Markdown."""
        if self.report is None:
            return []
        answers = [
            (_VERDICT_OF[found], f"{words}: {', '.join(map(shown, names))}")
            for found, words in ANSWERS.items()
            if (names := _named(self.report, found))
        ]
        return [*answers, *((HOLDS, f"A derivation {way}") for way, there in self.report.ways.items() if there)]

    @property
    def coming(self) -> list[str]:
        """What is asked for and not there."""
        return not_found(self.report) if self.report else []

    @property
    def state(self) -> str:
        """In a few words, for a row of the overview."""
        if self.report is None or not self.report.is_readable:
            return "nothing is written" if self.work.is_empty and not self.work.pictures else "nothing could be read"
        if self.report.complete:
            return "complete: every step holds"
        counts = [(self.report.count(verdict), words) for verdict, words in _IN_SHORT.items()]
        claimed = len(self.report.steps) - self.report.count(STATED)
        return ", ".join(
            [f"{claimed} step{'' if claimed == 1 else 's'}", *(f"{count} {words}" for count, words in counts if count)]
        )


_VERDICT_OF = {"reached": HOLDS, "other layout": OTHER_LAYOUT, "other factor": OTHER_LAYOUT, "wrong": FALSE}
_IN_SHORT = {FALSE: "false", OTHER_LAYOUT: "in the other layout", FIRST_ORDER: "to first order", NOT_UNDERSTOOD: "not understood"}


@dataclass(frozen=True)
class FunctionPart:
    """One function and its check.

    Attributes
    ----------
    work, mark, text, model
        What was found, the points, what the check printed, and the course's own function.
    stand_ins
        Functions that it calls and that are wrong in this work, in the place of which the check gives the course's own.
    """

    work: CheckedFunction
    mark: CellMark
    text: CheckText
    model: ModelAnswer
    stand_ins: tuple[str, ...] = ()

    @property
    def is_right(self) -> bool:
        """Whether it earned all points."""
        return self.work.points == self.work.most


@dataclass(frozen=True)
class ExercisePart:
    """One exercise: its derivations, its functions, and the points of both."""

    identifier: str
    title: str
    given: float
    most: float
    writeups: tuple[WriteupPart, ...]
    functions: tuple[FunctionPart, ...]

    @property
    def right(self) -> list[FunctionPart]:
        """The functions that earned all points."""
        return [each for each in self.functions if each.is_right]

    @property
    def wrong(self) -> list[FunctionPart]:
        """The others."""
        return [each for each in self.functions if not each.is_right]


def exercise_parts(one: StudentsWork, assignment: Assignment, models: Models) -> list[ExercisePart]:
    """The exercises in the order of the notebook, with what the student did in each."""
    return [_exercise(one, exercise, models) for exercise in assignment.exercises if _graded(exercise.cells)]


def mark_rows(one: StudentsWork, assignment: Assignment, models: Models) -> list[MarkRow]:
    """The table of marks: by the checks, suggested, by a person, in the defence, and what counts."""
    cells = [cell for exercise in assignment.exercises for cell in exercise.cells]
    checks = [cell for cell in cells if cell.startswith(_CHECK)]
    writeups = [cell for cell in cells if cell.startswith(_WRITEUP)]
    work = one.work or Work(one.student, assignment.identifier)
    readable = [each.suggested for each in work.writeups if each.suggested is not None]
    unread = sum(each.suggested is None and bool(each.text.strip() or each.pictures) for each in work.writeups)
    marked = [cell for cell in writeups if one.mark(cell).given is not None]
    waiting = len(writeups) - len(marked)
    most = _most(writeups, models, assignment.points.get("writeups"))
    rows = [
        MarkRow("Code", one.points(checks), _most(checks, models, assignment.points.get("code"))),
        MarkRow(
            "Derivations, suggested", sum(readable) if readable else None, most, f"{unread} could not be read" if unread else ""
        ),
        MarkRow(
            "Derivations, given",
            one.points(writeups) if marked else None,
            most,
            f"{waiting} of {len(writeups)} not marked yet" if waiting else "",
        ),
    ]
    oral = ORAL in one.marks or ORAL in models
    if oral:
        rows.append(MarkRow("Defence", one.mark(ORAL).given, models.get(ORAL, NONE).points, one.mark(ORAL).comment))
    counted = dict.fromkeys([*cells, ORAL] if oral else cells)
    total = max(0.0, one.points(list(counted)) - one.penalty)
    note = f"less {one.penalty:g} for being late" if one.penalty else ""
    return [*rows, MarkRow("Counts so far", total, _most(list(counted), models, sum(assignment.points.values())), note)]


def shown(question: str) -> str:
    """What a write-up is asked for, as Markdown: an answer is a formula."""
    return f"${question}$" if question.startswith("\\") else question


def folded_in_words(lines: Sequence[Line]) -> str:
    """What is said of steps that are folded together, of which there is nothing to say."""
    conditions = sum(line.step.verdict == STATED for line in lines)
    span = f"steps {lines[0].number} to {lines[-1].number} hold"
    return f"{span}, {conditions} of them a condition or a declaration" if conditions else span


def _exercise(one: StudentsWork, exercise: Exercise, models: Models) -> ExercisePart:
    work = one.work or Work(one.student, "")
    cells = _graded(exercise.cells)
    names = [cell for cell in cells if cell.startswith(_WRITEUP)]
    writeups = [
        WriteupPart(
            each.writeup, "Derivation" if len(names) == 1 else titled(each.writeup, models),
            each, one.mark(each.writeup), models.get(each.writeup, NONE),
        )
        for each in work.writeups
        if each.writeup in names
    ]  # fmt: skip
    functions = [
        FunctionPart(
            each, one.mark(each.check), check_text(each.function, each.printed), models.get(each.function, NONE),
            _stand_ins(each, work, models),
        )
        for each in work.checks
        if each.check in cells
    ]  # fmt: skip
    most = _most(cells, models, None) or sum([*(each.work.most for each in writeups), *(each.work.most for each in functions)])
    return ExercisePart(exercise.identifier, exercise.title, one.points(cells), most, tuple(writeups), tuple(functions))


def _stand_ins(check: CheckedFunction, work: Work, models: Models) -> tuple[str, ...]:
    """Why a function can be right beside others that are wrong and that it calls."""
    wrong = {each.function for each in work.checks if each.points < each.most}
    given = models.get(check.check, NONE).given
    return tuple(name for name in given if name in wrong and re.search(rf"\b{re.escape(name)}\b", check.source))


def _graded(cells: Sequence[str]) -> list[str]:
    return [cell for cell in cells if cell.startswith((_WRITEUP, _CHECK))]


def _most(cells: Sequence[str], models: Models, otherwise: float | None) -> float | None:
    found = [models[cell].points for cell in cells if cell in models]
    known = [points for points in found if points is not None]
    return sum(known) if known else otherwise


def _named(report: Report, found: str) -> list[str]:
    return [name for name, each in report.answers.items() if each == found]
