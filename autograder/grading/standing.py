"""What the gradebook holds of one submission."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import nbgrader.api
from nbgrader.api import (
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    MissingEntry,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import Row
from sqlalchemy.orm import Query

from autograder.course.assignment import Assignment
from autograder.grading.by_hand import Seen
from autograder.grading.gradebooks import of_submissions
from autograder.grading.lateness import UNKNOWN, Handed
from autograder.grading.results import Mark


@dataclass(frozen=True)
class Standing:
    """One submission in the gradebook.

    Attributes
    ----------
    marks
        What a person gave, by ``grade_id``; only where a person gave anything.
    waiting
        The cells that a person has yet to mark, or to look at again.
    code
        Points for check cells, those that a person changed included.
    automatic
        Points found without a person, by ``grade_id``.
    handed
        When it came.
    due
        When it was due for everybody.
    penalty
        What is taken off for being late.
    name
        The student's, for people.
    """

    marks: dict[str, Mark] = field(default_factory=dict)
    waiting: frozenset[str] = frozenset()
    code: float = 0
    automatic: dict[str, float | None] = field(default_factory=dict)
    handed: Handed = UNKNOWN
    due: datetime | None = None
    penalty: float | None = None
    name: str = ""

    def seen(self, texts: dict[str, str]) -> dict[str, Seen]:
        """What there was of the cells that a person marked, by ``grade_id``, with the fingerprints of their texts."""
        marked = [name for name, mark in self.marks.items() if mark.manual_score is not None]
        return {name: Seen(texts.get(name), self.automatic.get(name), name in self.waiting) for name in marked}

    @property
    def seconds_late(self) -> float:
        """As nbgrader counts them."""
        if self.handed.timestamp is None or self.due is None:
            return 0
        return max(
            0.0,
            (self.handed.timestamp - self.due).total_seconds()
            - (self.handed.extension.total_seconds() if self.handed.extension else 0),
        )


def read_standing(gradebook: Gradebook, assignment: Assignment, student: str) -> Standing | None:
    """What the gradebook holds of a submission, ``None`` where it has none."""
    return read_standings(gradebook, assignment, student).get(student)


def read_standings(gradebook: Gradebook, assignment: Assignment, student: str | None = None) -> dict[str, Standing]:
    """What the gradebook holds of the submissions of an assignment, by the student's id: of all, or of one student.

    Three queries, however many submissions there are; nbgrader's own objects ask for each cell of each student.
    """
    grades: dict[str, list[Row]] = {}
    for row in of_submissions(_of_cells(gradebook, Grade, *_GRADE), assignment, student):
        grades.setdefault(row.notebook_id, []).append(row)
    comments: dict[str, dict[str, str | None]] = {}
    for row in of_submissions(_of_cells(gradebook, Comment, Comment.manual_comment), assignment, student):
        comments.setdefault(row.notebook_id, {})[row.name] = row.manual_comment
    submissions = of_submissions(gradebook.db.query(*_SUBMISSION).select_from(SubmittedNotebook), assignment, student)
    found = submissions.join(Student, SubmittedAssignment.student_id == Student.id)
    return {each.student_id: _standing(each, grades.get(each.id, []), comments.get(each.id, {})) for each in found}


_GRADE = (Grade.auto_score, Grade.manual_score, Grade.extra_credit, Grade.needs_manual_grade, Grade.score)
_SUBMISSION = (
    SubmittedNotebook.id, SubmittedNotebook.late_submission_penalty, SubmittedAssignment.student_id, SubmittedAssignment.timestamp,
    SubmittedAssignment.extension, nbgrader.api.Assignment.duedate, Student.first_name, Student.last_name,
)  # fmt: skip


def _of_cells(gradebook: Gradebook, kind: Any, *columns: Any) -> Query:
    """A query for columns of the rows that submitted notebooks have for their cells."""
    query = gradebook.db.query(kind.notebook_id, BaseCell.name, *columns).select_from(kind)
    return query.join(BaseCell, kind.cell_id == BaseCell.id).join(SubmittedNotebook, kind.notebook_id == SubmittedNotebook.id)


def _standing(submission: Row, grades: list[Row], comments: dict[str, str | None]) -> Standing:
    by_hand = {each.name: (each.manual_score, each.extra_credit) for each in grades}
    marks = {name: Mark(*by_hand.get(name, (None, None)), comments.get(name)) for name in {**by_hand, **comments}}
    return Standing(
        marks={name: mark for name, mark in marks.items() if mark != Mark()},
        waiting=frozenset(each.name for each in grades if each.needs_manual_grade),
        code=sum(each.score for each in grades if each.name.startswith("check_")),
        automatic={each.name: each.auto_score for each in grades},
        handed=Handed(submission.timestamp, submission.extension),
        due=submission.duedate,
        penalty=submission.late_submission_penalty,
        name=_name(submission.first_name, submission.last_name, submission.student_id),
    )


def _name(first: str | None, last: str | None, identifier: str) -> str:
    return " ".join(filter(None, (first, last))) or identifier


def name_of(student: Student) -> str:
    """What a student is called; the id where the gradebook has no name."""
    return _name(student.first_name, student.last_name, student.id)


def read_name(gradebook: Gradebook, student: str) -> str:
    """What the gradebook calls a student; empty where it knows none of that id."""
    try:
        return name_of(gradebook.find_student(student))
    except MissingEntry:
        return ""


def page_fingerprint(marks: dict[str, Mark], standing: Standing) -> str:
    """Of all that a page of feedback shows beside what grading finds: marks by hand, the name, and lateness.

    Parameters
    ----------
    marks
        Those that were known when the page was made; a person may have given another since.
    standing
        All else.
    """
    shown = (sorted(marks.items()), sorted(standing.waiting), standing.handed, standing.due, standing.penalty, standing.name)
    return hashlib.sha256(repr(shown).encode()).hexdigest()
