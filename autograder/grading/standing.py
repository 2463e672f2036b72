"""What the gradebook holds of one submission."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from nbgrader.api import Comment, Grade, Gradebook, MissingEntry, Student

from autograder.course.assignment import Assignment
from autograder.grading.by_hand import Seen
from autograder.grading.gradebooks import rows
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
    try:
        notebook = gradebook.find_submission_notebook(assignment.notebook, assignment.identifier, student)
    except MissingEntry:
        return None
    grades = [(name, grade) for grade, name in rows(gradebook, Grade, notebook)]
    comments = {name: comment.manual_comment for comment, name in rows(gradebook, Comment, notebook)}
    by_hand = {name: (grade.manual_score, grade.extra_credit) for name, grade in grades}
    marks = {name: Mark(*by_hand.get(name, (None, None)), comments.get(name)) for name in {**by_hand, **comments}}
    return Standing(
        marks={name: mark for name, mark in marks.items() if mark != Mark()},
        waiting=frozenset(name for name, grade in grades if grade.needs_manual_grade),
        code=sum(grade.score for name, grade in grades if name.startswith("check_")),
        automatic={name: grade.auto_score for name, grade in grades},
        handed=Handed(notebook.assignment.timestamp, notebook.assignment.extension),
        due=notebook.assignment.assignment.duedate,
        penalty=notebook.late_submission_penalty,
        name=name_of(notebook.assignment.student),
    )


def name_of(student: Student) -> str:
    """What a student is called; the id where the gradebook has no name."""
    return " ".join(filter(None, (student.first_name, student.last_name))) or student.id


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
