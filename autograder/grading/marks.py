"""Marks by exercise, read from nbgrader's gradebook, and the table that shows them."""

from dataclasses import dataclass, field

from nbgrader.api import BaseCell, Grade, Gradebook, SubmittedAssignment, SubmittedNotebook
from sqlalchemy.orm import with_polymorphic

from autograder.course.assignment import Assignment
from autograder.course.oral import DEFENCE
from autograder.grading.gradebooks import of_submissions

WAITING = "?"


@dataclass
class Marks:
    """The marks of one submission.

    Attributes
    ----------
    scores
        Score by ``grade_id``; ``None`` where nobody and nothing has given one yet.
    maximum
        Points by ``grade_id``.
    again
        Cells that a person has marked and should look at again; their scores count until then.
    """

    scores: dict[str, float | None] = field(default_factory=dict)
    maximum: dict[str, float] = field(default_factory=dict)
    again: set[str] = field(default_factory=set)

    @property
    def code(self) -> float:
        """Points earned by check cells."""
        return sum(score or 0 for name, score in self.scores.items() if name.startswith("check_"))

    @property
    def waiting(self) -> int:
        """Number of cells that a person has yet to mark, or to look at again."""
        return sum(self.waits(name) for name in self.scores)

    def waits(self, name: str) -> bool:
        """Whether a cell waits for a person."""
        return name in self.again or self.scores.get(name, 0) is None

    def of(self, cells: tuple[str, ...]) -> float:
        """Points of some cells, those without a score counted as zero."""
        return sum(self.scores.get(name) or 0 for name in cells)


def read_marks(gradebook: Gradebook, assignment: Assignment, student: str) -> Marks | None:
    """Marks of one submission, or ``None`` where the gradebook has none."""
    return read_all_marks(gradebook, assignment, student).get(student)


def read_all_marks(gradebook: Gradebook, assignment: Assignment, student: str | None = None) -> dict[str, Marks]:
    """Marks of the submissions of an assignment, by the student's id: of all, or of one student.

    One query for all cells: the objects of nbgrader ask the database for each cell of each student.
    """
    cell = with_polymorphic(BaseCell, "*")
    columns = (
        SubmittedAssignment.student_id,
        cell.name,
        cell.GradeCell.max_score,
        cell.TaskCell.max_score,
        Grade.auto_score,
        Grade.manual_score,
        Grade.needs_manual_grade,
        Grade.score,
    )
    query = (
        gradebook.db.query(*columns)
        .select_from(Grade)
        .join(cell, Grade.cell_id == cell.id)
        .join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
    )
    found: dict[str, Marks] = {}
    for identifier, name, of_code, of_task, automatic, by_hand, needs_manual_grade, score in of_submissions(
        query, assignment, student
    ):
        marks = found.setdefault(identifier, Marks())
        marks.scores[name] = None if by_hand is None and automatic is None else float(score)
        if needs_manual_grade and marks.scores[name] is not None:
            marks.again.add(name)
        marks.maximum[name] = float(of_task if of_code is None else of_code)
    return found


def table(assignment: Assignment, rows: list[tuple[str, Marks | None]]) -> str:
    """The marks of a class in one assignment, a line a student.

    Parameters
    ----------
    assignment
        Gives the columns: its exercises, then all code, then the write-ups, and the oral defence if it is worth anything.
    rows
        Student and marks; ``None`` prints as a dash.
    """
    oral = [DEFENCE] if assignment.defence_points else []
    columns = [*(exercise.title for exercise in assignment.exercises), "code", "write-ups", *oral]
    lines = [[assignment.title, *columns]]
    for student, marks in rows:
        if marks is None:
            lines.append([student] + ["-"] * len(columns))
            continue
        cells = [_cell(marks, exercise.cells) for exercise in assignment.exercises]
        writeups = tuple(name for name in marks.scores if name.startswith("writeup_"))
        code = f"{marks.code:g}/{assignment.points['code']:g}"
        lines.append([student, *cells, code, _cell(marks, writeups), *(_cell(marks, (name,)) for name in oral)])
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    text = [
        "  ".join([line[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:]))]) for line in lines
    ]
    return "\n".join([text[0], "-" * len(text[0]), *text[1:]])


def _cell(marks: Marks, cells: tuple[str, ...]) -> str:
    waits = WAITING if any(map(marks.waits, cells)) else ""
    return f"{marks.of(cells):g}{'+' + waits if waits else ''}/{sum(marks.maximum.get(name, 0) for name in cells):g}"
