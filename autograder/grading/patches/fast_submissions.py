"""A submission is added to nbgrader's gradebook with a query for each of its tables.

nbgrader makes an object for each of its cells, which asks the database for those around it: forty queries, and most of the time that
recording a submission takes.
"""

from collections.abc import Callable
from typing import Any

from nbgrader import utils
from nbgrader.api import (
    Comment,
    Grade,
    Gradebook,
    GradeCell,
    InvalidEntry,
    Notebook,
    SolutionCell,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
    new_uuid,
)
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm.exc import FlushError

# The ids of the cells of one notebook that have a grade, and of those that have a comment.
_Cells = tuple[list[str], list[str]]


def add_quickly() -> Callable[..., SubmittedAssignment]:
    """``Gradebook.add_submission``. It looks up an assignment's cells once, so it is for as long as these stay what they are."""
    known: dict[tuple[str, str], dict[str, _Cells]] = {}

    def add_submission(self: Gradebook, assignment: str, student: str, **values: Any) -> SubmittedAssignment:
        if "timestamp" in values:
            values["timestamp"] = utils.parse_utc(values["timestamp"])
        try:
            found, person = self.find_assignment(assignment), self.find_student(student)
            key = (str(self.engine.url), found.id)
            if key not in known:
                known[key] = _cells_of(self, found.id)
            submission = SubmittedAssignment(id=new_uuid(), assignment_id=found.id, student_id=person.id, **values)
            self.db.add(submission)
            self.db.flush()
            _add_rows(self, submission.id, known[key])
            self.db.commit()
        except (IntegrityError, FlushError, StatementError) as error:
            self.db.rollback()
            raise InvalidEntry(*error.args) from error
        return submission

    return add_submission


def _cells_of(gradebook: Gradebook, assignment: str) -> dict[str, _Cells]:
    """By notebook, its cells."""
    found: dict[str, _Cells] = {}
    for (notebook,) in gradebook.db.query(Notebook.id).filter(Notebook.assignment_id == assignment):
        graded, solved, tasks = (
            [identifier for (identifier,) in gradebook.db.query(kind.id).filter(kind.notebook_id == notebook)]
            for kind in (GradeCell, SolutionCell, TaskCell)
        )
        found[notebook] = (graded + tasks, solved + tasks)
    return found


def _add_rows(gradebook: Gradebook, submission: str, cells: dict[str, _Cells]) -> None:
    own = {notebook: new_uuid() for notebook in cells}
    notebooks = [{"id": own[notebook], "assignment_id": submission, "notebook_id": notebook} for notebook in cells]
    grades = [{"notebook_id": own[notebook], "cell_id": cell} for notebook, (graded, _) in cells.items() for cell in graded]
    comments = [{"notebook_id": own[notebook], "cell_id": cell} for notebook, (_, written) in cells.items() for cell in written]
    for kind, rows in ((SubmittedNotebook, notebooks), (Grade, grades), (Comment, comments)):
        if rows:
            gradebook.db.execute(insert(kind.__table__), rows)
