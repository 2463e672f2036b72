"""The marks as spreadsheets and learning management systems take them: ``exports/``, written at the end of every run.

- ``grades_by_exercise.csv``: a row for each student and assignment. Where nothing was handed in, there are no points: that is no zero.
- ``moodle-<assignment>.csv``: the columns of Moodle's CSV import, as its page "Grade import" (MoodleDocs) describes them: columns that
  identify the person, to be mapped to "Email address" or "ID number", the grade item, and its feedback. The page warns that a grade
  which is imported without its feedback, or the reverse, loses the other one, so both are there.
- ``canvas.csv``: the columns of Canvas' gradebook export, which its import takes again ("Importing a CSV File to Grades", Ohio State
  University's guide to Canvas; ``lib/gradebook_importer.rb`` of Canvas itself): ``Student,ID,SIS User ID,SIS Login ID,Section``, then
  the assignments as ``<name> (<id>)``; the row below the header holds ``Points Possible``. Canvas looks for a person by the first of
  these that is there, and for an assignment without an id by its name. Where nothing was handed in, the cell is empty.
  Of whom no list says more, the student's own id stands in the place of the number: in "ID number", and in "SIS Login ID".
- ``feedback-<assignment>-moodle.zip``, ``feedback-<assignment>-canvas.zip``: see :mod:`autograder.reports.feedback_zips`.

The points are those so far, less what being late takes off, as in ``grades.csv``. What a person has yet to mark counts nothing, and
``waiting`` and Moodle's feedback say how much that is.
"""

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook

from autograder.course.assignment import Assignment, Exercise
from autograder.course.oral import DEFENCE
from autograder.grading.classes import ClassFolder
from autograder.grading.exporting import harmless
from autograder.grading.inbox.returning import returns
from autograder.grading.lateness import spoken
from autograder.grading.marks import Marks, read_all_marks
from autograder.grading.roster import CANVAS_ID, MOODLE_ID, SECTION, SIS_LOGIN_ID, SIS_USER_ID, people
from autograder.grading.standing import Standing, read_standings
from autograder.reports.feedback_zips import write_feedback_zips

FOLDER = "exports"
BY_EXERCISE, CANVAS = "grades_by_exercise.csv", "canvas.csv"
CANVAS_COLUMNS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
MOODLE_COLUMNS = ("First name", "Last name", "ID number", "Email address")
FEEDBACK = "Feedback comments"
POINTS_POSSIBLE = "    Points Possible"
Row = list[Any]
_OF_A_PERSON = ("first_name", "last_name", "email")


@dataclass(frozen=True)
class Graded:
    """One submission as far as it is exported.

    Attributes
    ----------
    marks
        The points.
    standing
        Lateness, and what a person wrote.
    """

    marks: Marks
    standing: Standing = field(default_factory=Standing)

    @property
    def total(self) -> float:
        """The points so far, less the penalty."""
        return max(0.0, sum(score or 0 for score in self.marks.scores.values()) - (self.standing.penalty or 0))

    @property
    def maximum(self) -> float:
        """The most there could be."""
        return sum(self.marks.maximum.values())


@dataclass(frozen=True)
class Student:
    """One person of the class.

    Attributes
    ----------
    identifier
        The student's id.
    known
        Names, address and numbers, by the names of the class list's columns.
    graded
        By assignment, what was handed in.
    """

    identifier: str
    known: Mapping[str, str] = field(default_factory=dict)
    graded: Mapping[str, Graded] = field(default_factory=dict)

    def of(self, *names: str) -> tuple[str, ...]:
        """What is known under some names; empty where it is not."""
        return tuple(self.known.get(name, "") for name in names)


def write_exports(root: Path, which: ClassFolder, gradebook: Gradebook, assignments: Sequence[Assignment]) -> list[str]:
    """Write all tables of a class, and the pages of feedback as zip files.

    Parameters
    ----------
    root
        The course; the tables come into its folder ``exports/``.
    which
        The class.
    gradebook
        Is only read.
    assignments
        Those of the course.

    Returns
    -------
    list[str]
        Whose page is in no zip file that a system takes, a sentence each.
    """
    students = read_class(gradebook, assignments, people(root, which.submitted))
    tables = {BY_EXERCISE: by_exercise(students, assignments), CANVAS: for_canvas(students, assignments)}
    tables |= {f"moodle-{each.identifier}.csv": for_moodle(students, each) for each in assignments}
    (root / FOLDER).mkdir(exist_ok=True)
    for name, rows in tables.items():
        _write(root / FOLDER / name, rows)
    known = returns(which.submitted)

    def zipped(assignment: Assignment) -> list[str]:
        own = [student.identifier for student in students if assignment.identifier in student.graded]
        return write_feedback_zips(root, root / FOLDER, assignment, own, known)

    # Threads, because making files smaller keeps no other thread waiting.
    with ThreadPoolExecutor(max_workers=2) as pool:
        return [sentence for sentences in pool.map(zipped, assignments) for sentence in sentences]


def read_class(gradebook: Gradebook, assignments: Sequence[Assignment], known: Mapping[str, Mapping[str, str]]) -> list[Student]:
    """Everybody whom the gradebook knows; the class list says more of them."""
    students = []
    marks = {assignment.identifier: read_all_marks(gradebook, assignment) for assignment in assignments}
    standings = {assignment.identifier: read_standings(gradebook, assignment) for assignment in assignments}
    for student in gradebook.students:
        own = {name: value for name in _OF_A_PERSON if (value := getattr(student, name))}
        graded = {
            name: Graded(marks[name][student.id], standings[name][student.id])
            for name in marks
            if student.id in marks[name] and student.id in standings[name]
        }
        students.append(Student(student.id, {**own, **known.get(student.id, {})}, graded))
    return sorted(students, key=lambda each: (*each.of("last_name", "first_name"), each.identifier))


def by_exercise(students: Sequence[Student], assignments: Sequence[Assignment]) -> list[Row]:
    """The table with a row for each student and assignment."""
    parts = [(each, exercise, part) for each in assignments for exercise in each.exercises for part in _parts(exercise)]
    header = [f"{each.identifier}: {exercise.title}, {part}" for each, exercise, part in parts]
    rows: list[Row] = [
        ["assignment", "student_id", "first_name", "last_name", *header]
        + ["code", "derivations", "defence", "penalty", "total", "maximum", "late", "waiting"]
    ]
    for student in students:
        for assignment in assignments:
            row = [assignment.identifier, student.identifier, *student.of("first_name", "last_name")]
            graded = student.graded.get(assignment.identifier)
            if graded is None:
                rows.append([*row, *[""] * (len(rows[0]) - len(row))])
                continue
            marks = graded.marks
            own = [_points(marks, _parts(exercise)[part]) if each == assignment else "" for each, exercise, part in parts]
            writeups = tuple(name for name in marks.scores if name.startswith("writeup_"))
            late = graded.standing.seconds_late
            rows.append(
                [*row, *own, marks.code, _points(marks, writeups), _points(marks, (DEFENCE,)), graded.standing.penalty or 0]
                + [graded.total, graded.maximum, spoken(late) if late else "", marks.waiting]
            )
    return rows


def for_moodle(students: Sequence[Student], assignment: Assignment) -> list[Row]:
    """The table of one assignment, with those who handed it in."""
    rows: list[Row] = [[*MOODLE_COLUMNS, assignment.title, FEEDBACK]]
    for student in students:
        graded = student.graded.get(assignment.identifier)
        if graded is not None:
            first, last, number, email = student.of("first_name", "last_name", MOODLE_ID, "email")
            own = number or ("" if email else student.identifier)
            rows.append([first, last, own, email, graded.total, feedback(graded, assignment)])
    return rows


def for_canvas(students: Sequence[Student], assignments: Sequence[Assignment]) -> list[Row]:
    """The table of all assignments."""
    header = [f"{each.title} ({each.canvas_id})" if each.canvas_id else each.title for each in assignments]
    worth = [sum(each.points.values()) + each.defence_points for each in assignments]
    rows: list[Row] = [[*CANVAS_COLUMNS, *header], [POINTS_POSSIBLE, *[""] * (len(CANVAS_COLUMNS) - 1), *worth]]
    for student in students:
        first, last = student.of("first_name", "last_name")
        name = ", ".join(filter(None, (last, first))) or student.identifier
        totals = [student.graded[each.identifier].total if each.identifier in student.graded else "" for each in assignments]
        canvas, user, login, section = student.of(CANVAS_ID, SIS_USER_ID, SIS_LOGIN_ID, SECTION)
        rows.append([name, canvas, user, login or ("" if canvas or user else student.identifier), section, *totals])
    return rows


def feedback(graded: Graded, assignment: Assignment) -> str:
    """What people wrote for a student, on one line, and how much nobody has marked yet."""
    titles = {name: exercise.title for exercise in assignment.exercises for name in exercise.cells}
    order = {name: place for place, name in enumerate([*titles, DEFENCE])}
    comments = {name: mark.comment for name, mark in graded.standing.marks.items() if mark.comment}
    waiting = graded.marks.waiting
    said = [f"{waiting} {'answer is' if waiting == 1 else 'answers are'} not marked yet"] if waiting else []
    said += [f"late by {spoken(graded.standing.seconds_late)}"] if graded.standing.seconds_late else []
    said += [
        f"{titles.get(name, 'Oral defence')}: {' '.join((comments[name] or '').split())}"
        for name in sorted(comments, key=lambda name: order.get(name, len(order)))
    ]
    return "; ".join(said)


def _parts(exercise: Exercise) -> dict[str, tuple[str, ...]]:
    """The cells of an exercise by what is marked; a part without cells is left out."""
    parts = {
        "code": tuple(name for name in exercise.cells if name.startswith("check_")),
        "derivation": tuple(name for name in exercise.cells if name.startswith("writeup_")),
    }
    return {name: cells for name, cells in parts.items() if cells}


def _points(marks: Marks, cells: tuple[str, ...]) -> float | str:
    """The points of some cells; nothing where nobody has given any yet."""
    given = [score for name in cells if (score := marks.scores.get(name)) is not None]
    return sum(given) if given else ""


def _write(path: Path, rows: Iterable[Row]) -> None:
    """Write a table, all of it or nothing; no spreadsheet computes a cell of it."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([_shown(value) for value in row] for row in rows)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".new-", suffix=".csv", delete=False) as new:
        new.write(text.getvalue().encode("utf-8", errors="backslashreplace"))
    try:
        os.chmod(new.name, 0o644)
        os.replace(new.name, path)
    finally:
        Path(new.name).unlink(missing_ok=True)


def _shown(value: object) -> str:
    return f"{round(value, 2):g}" if isinstance(value, float) else harmless(value)
