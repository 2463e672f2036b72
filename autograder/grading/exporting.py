"""``grades.csv``: nbgrader's own rows, written so that no spreadsheet runs a cell and no name breaks a row."""

import csv
import io
import re
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import ExportPlugin

COLUMNS = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email",
    "raw_score", "late_submission_penalty", "score", "max_score",
)  # fmt: skip
# What a spreadsheet takes for a formula, blanks before it included; a number is none.
_FORMULA = re.compile(r"[\s\x00]*[=+\-@\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


class SafeCsvExportPlugin(ExportPlugin):
    """Takes the place of nbgrader's ``CsvExportPlugin``, which joins by commas whatever the fields hold."""

    def export(self, gradebook: Gradebook) -> None:
        """Write the marks of a class; called by ``nbgrader export``."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        for assignment in gradebook.assignments:
            for student in gradebook.students:
                if self.assignment and assignment.name not in map(str, self.assignment):
                    continue
                if self.student and student.id not in map(str, self.student):
                    continue
                writer.writerow(map(harmless, _row(gradebook, assignment, student)))
        Path(self.to or "grades.csv").write_text(text.getvalue(), encoding="utf-8", errors="backslashreplace")


def harmless(value: object) -> str:
    """A cell as text. One that a spreadsheet would compute gets an apostrophe, which makes it a text there."""
    text = "" if value is None else str(value)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def _row(gradebook: Gradebook, assignment: Any, student: Any) -> tuple:
    try:
        submission = gradebook.find_submission(assignment.name, student.id)
        raw, penalty, time = submission.score, submission.late_submission_penalty, submission.timestamp
    except MissingEntry:
        raw, penalty, time = 0.0, 0.0, None
    name = (student.id, student.last_name, student.first_name, student.email)
    return (assignment.name, assignment.duedate, time, *name, raw, penalty, max(0.0, raw - penalty), assignment.max_score)
