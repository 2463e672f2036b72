"""All that the reports show of a class and an assignment: what grading found, from ``history/``, and marks, from the gradebook.

Every report is made of this, and of nothing else: so the same pages come from SQLite and from PostgreSQL, and no page reads a
notebook again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from sys import intern

from nbgrader.api import Assignment as AssignmentInGradebook
from nbgrader.api import BaseCell, Comment, Grade, Gradebook, Student, SubmittedAssignment, SubmittedNotebook
from sqlalchemy.orm import Query

from autograder.course.assignment import Assignment
from autograder.grading.standing import name_of
from autograder.grading.work import HISTORY, LATEST, PREVIOUS, Work, from_json
from matrix_checks.derivations.judging.report import Report


@dataclass(frozen=True, slots=True)
class CellMark:
    """What the gradebook holds of one graded cell.

    Attributes
    ----------
    automatic, manual, extra
        Points; ``None`` where nobody and nothing gave any.
    waits
        Whether a person has yet to mark it, or to look at it again.
    comment
        What a person wrote.
    """

    automatic: float | None = None
    manual: float | None = None
    extra: float | None = None
    waits: bool = False
    comment: str = ""

    @property
    def given(self) -> float | None:
        """The points that count; ``None`` where there are none yet."""
        points = self.automatic if self.manual is None else self.manual
        return None if points is None or (self.waits and self.manual is None) else points + (self.extra or 0)


@dataclass(frozen=True)
class StudentsWork:
    """One student's assignment.

    Attributes
    ----------
    student, name
        The id, and the name for people.
    work
        What grading found; ``None`` where it was graded before records were kept.
    previous
        What it found in the version before, where that was another.
    marks
        By ``grade_id``.
    handed_in
        When it came, in UTC; ``None`` where nobody knows.
    late
        By how much it was late.
    penalty
        Points that are taken off for that.
    """

    student: str
    name: str
    work: Work | None = None
    previous: Work | None = None
    marks: dict[str, CellMark] = field(default_factory=dict)
    handed_in: datetime | None = None
    late: timedelta = timedelta()
    penalty: float = 0.0

    def mark(self, cell: str) -> CellMark:
        """Of a graded cell; an empty one where the gradebook has none."""
        return self.marks.get(cell, CellMark())

    def points(self, cells: Sequence[str]) -> float:
        """The points that count, of some cells."""
        return sum(self.mark(cell).given or 0.0 for cell in cells)


@dataclass(frozen=True)
class ClassData:
    """An assignment and everybody who handed it in, by id.

    Attributes
    ----------
    root
        The course.
    assignment
        The assignment.
    students
        In the order of their ids.
    """

    root: Path
    assignment: Assignment
    students: tuple[StudentsWork, ...]

    @property
    def class_list(self) -> list[str]:
        """The ids, in the order in which students come to the defence."""
        return [each.student for each in self.students]


def read_class(root: Path, gradebook: Gradebook, assignment: Assignment) -> ClassData:
    """Everything about a class and an assignment, in four queries and two small files for each student."""
    found: dict[str, StudentsWork] = {}
    due = gradebook.db.query(AssignmentInGradebook.duedate).filter(AssignmentInGradebook.name == assignment.identifier).scalar()
    for student, handed, notebook in _submissions(gradebook, assignment):
        folder = root / HISTORY / student.id / assignment.identifier
        found[student.id] = StudentsWork(
            student.id,
            name_of(student),
            _read(folder / LATEST),
            _read(folder / PREVIOUS),
            handed_in=handed.timestamp,
            late=_late(handed, due),
            penalty=notebook.late_submission_penalty or 0.0,
        )
    for student_id, name, mark in _marks(gradebook, assignment):
        found[student_id].marks[name] = mark
    for student_id, name, comment in _comments(gradebook, assignment):
        found[student_id].marks[name] = replace(found[student_id].mark(name), comment=comment)
    return ClassData(root, assignment, tuple(found[student_id] for student_id in sorted(found)))


def _submissions(gradebook: Gradebook, assignment: Assignment) -> list[tuple]:
    query = gradebook.db.query(Student, SubmittedAssignment, SubmittedNotebook)
    query = query.join(SubmittedAssignment, SubmittedAssignment.student_id == Student.id)
    query = query.join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
    query = query.join(AssignmentInGradebook, SubmittedAssignment.assignment_id == AssignmentInGradebook.id)
    return [
        row for row in query.filter(AssignmentInGradebook.name == assignment.identifier).all() if row[2].name == assignment.notebook
    ]


def _marks(gradebook: Gradebook, assignment: Assignment) -> Iterator[tuple[str, str, CellMark]]:
    columns = (Grade.auto_score, Grade.manual_score, Grade.extra_credit, Grade.needs_manual_grade)
    for student, name, automatic, by_hand, extra, waits in _of_cells(gradebook, assignment, Grade, columns):
        yield student, intern(name), CellMark(automatic, by_hand, extra, bool(waits))


def _comments(gradebook: Gradebook, assignment: Assignment) -> Iterator[tuple[str, str, str]]:
    for student, name, comment in _of_cells(gradebook, assignment, Comment, (Comment.manual_comment,)):
        if comment:
            yield student, intern(name), comment


def _of_cells(gradebook: Gradebook, assignment: Assignment, kind: type[Grade] | type[Comment], columns: tuple) -> Query:
    """Columns, and no objects of nbgrader's, which take ten times the memory."""
    query = gradebook.db.query(SubmittedAssignment.student_id, BaseCell.name, *columns).select_from(kind)
    query = query.join(BaseCell, kind.cell_id == BaseCell.id)
    query = query.join(SubmittedNotebook, kind.notebook_id == SubmittedNotebook.id)
    query = query.join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
    query = query.join(AssignmentInGradebook, SubmittedAssignment.assignment_id == AssignmentInGradebook.id)
    return query.filter(AssignmentInGradebook.name == assignment.identifier)


def _late(handed: SubmittedAssignment, due: datetime | None) -> timedelta:
    if handed.timestamp is None or due is None:
        return timedelta()
    return max(timedelta(), handed.timestamp - due - (handed.extension or timedelta()))


def _read(file: Path) -> Work | None:
    """What grading kept; a file that cannot be read is as good as none: grading again writes it anew."""
    try:
        return _slim(from_json(file.read_bytes()))
    except (OSError, ValueError):
        return None


def _slim(work: Work) -> Work:
    """The same without what no report shows, and with words that are the same for many held once: a class has thousands of these."""
    checks = tuple(
        replace(
            each, function=intern(each.function), check=intern(each.check), source=intern(each.source), printed=intern(each.printed)
        )
        for each in work.checks
    )
    writeups = tuple(
        replace(each, writeup=intern(each.writeup), report=each.report and _slim_report(each.report)) for each in work.writeups
    )
    return replace(work, checks=checks, writeups=writeups)


def _slim_report(report: Report) -> Report:
    steps = [
        replace(
            step, left=intern(step.left), sign=intern(step.sign), right=intern(step.right), verdict=intern(step.verdict),
            reason=intern(step.reason), certificate=(),
        )
        for step in report.steps
    ]  # fmt: skip
    answers = {intern(question): intern(found) for question, found in report.answers.items()}
    return replace(report, steps=steps, answers=answers, account=[])
