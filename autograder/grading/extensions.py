"""More time for one student: ``extensions.csv`` in the folder of the course.

nbgrader keeps an extension with a submission and counts lateness from it, but has no command that grants one. Where the file
exists, it says it all: who is not in it has no extension. Without it, those stay that the gradebook has.
"""

import csv
import io
import os
import tempfile
from datetime import datetime, time, timedelta
from pathlib import Path

from dateutil import parser

from autograder.course.assignment import Assignment
from autograder.grading.lateness import due_of, parse_time

FILE = "extensions.csv"
COLUMNS = ("student", "assignment", "until")
LAST_SECOND = time(23, 59, 59)


class Extensions:
    """The extensions of a course.

    Parameters
    ----------
    root
        The course.
    assignments
        Give the due dates, and the offset of a time without one.

    Raises
    ------
    ValueError
        If a row of the file cannot be understood; the message names it.
    """

    def __init__(self, root: Path, assignments: list[Assignment]):
        self._until: dict[tuple[str, str], datetime] = {}
        self._exists = (root / FILE).exists()
        by_id = {assignment.identifier: assignment for assignment in assignments}
        for place, row in _rows(root):
            if row["assignment"] and row["assignment"] not in by_id:
                raise ValueError(f"{place}: there is no assignment {row['assignment']!r}; there is {' and '.join(by_id)}.")
            for assignment in [by_id[row["assignment"]]] if row["assignment"] else assignments:
                try:
                    self._until[row["student"], assignment.identifier] = until(row["until"], assignment)
                except ValueError as error:
                    raise ValueError(f"{place}: {error}. Write it as 2027-03-05 or 2027-03-05 18:00.") from error

    def of(self, student: str, assignment: Assignment, known: timedelta | None) -> timedelta | None:
        """The time that a student has beyond the due date; what the gradebook knows where there is no file."""
        if not self._exists:
            return known
        end = self._until.get((student, assignment.identifier))
        return max(end - due_of(assignment), timedelta()) if end else None


def until(text: str, assignment: Assignment) -> datetime:
    """The end of an extension in UTC. A date alone is the whole day; a time without an offset has that of the due date."""
    offset = parser.parse(assignment.due).strftime("%z")
    offset = f"{offset[:3]}:{offset[3:]}" if offset else ""
    text = text.strip()
    try:
        if len(text) <= len("2027-03-05"):
            return parse_time(f"{datetime.combine(datetime.strptime(text, '%Y-%m-%d'), LAST_SECOND).isoformat()}{offset}")
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text[:40]!r} is no date and time") from error
    return parse_time(moment.isoformat() + ("" if moment.tzinfo else offset))


def extend(root: Path, assignments: list[Assignment], student: str, end: str, identifier: str | None = None) -> list[str]:
    """Grant an extension, in the place of an earlier one of the same student and assignment.

    Parameters
    ----------
    root, assignments
        The course.
    student
        The name of the folder in ``submitted/``.
    end
        A date, or a date and time.
    identifier
        The assignment; all if not given.

    Returns
    -------
    list[str]
        What was granted, a sentence for each assignment.

    Raises
    ------
    ValueError
        If there is no such assignment, or no such time, or if it is before the due date.
    """
    chosen = [assignment for assignment in assignments if identifier in (None, assignment.identifier)]
    if not chosen:
        raise ValueError(
            f"there is no assignment {identifier!r}; there is {' and '.join(each.identifier for each in assignments)}."
        )
    ends = {}
    for assignment in chosen:
        ends[assignment.identifier] = until(end, assignment)
        if ends[assignment.identifier] < due_of(assignment):
            raise ValueError(
                f"{end} is before {assignment.identifier} is due ({assignment.due}); name one with ASSIGNMENT=, or a later time."
            )
    Extensions(root, assignments)  # What cannot be read must not be written anew.
    others = [row for _, row in _rows(root) if row["student"] != student or (row["assignment"] and row["assignment"] not in ends)]
    # A row for all assignments gives way to one for each of those that it still speaks of.
    for _, row in _rows(root):
        if row["student"] == student and not row["assignment"]:
            others += [{**row, "assignment": each.identifier} for each in assignments if each.identifier not in ends]
    _write(
        root,
        [
            *others,
            *(
                {"student": student, "assignment": name, "until": f"{moment:%Y-%m-%dT%H:%M:%S}+00:00"}
                for name, moment in ends.items()
            ),
        ],
    )
    return [f"{student} has until {moment:%Y-%m-%d %H:%M:%S} UTC for {name}." for name, moment in ends.items()]


def _rows(root: Path) -> list[tuple[str, dict[str, str]]]:
    """The rows of the file, each with its place."""
    try:
        text = (root / FILE).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return []
    except ValueError as error:
        raise ValueError(f"{FILE} is no text in UTF-8.") from error
    reader = csv.DictReader(io.StringIO(text), skipinitialspace=True)
    if not set(COLUMNS) <= set(reader.fieldnames or ()):
        raise ValueError(f"{FILE} needs the columns {','.join(COLUMNS)} in its first line.")
    rows = [(f"{FILE}, line {reader.line_num}", {name: (row[name] or "").strip() for name in COLUMNS}) for row in reader]
    return [(place, row) for place, row in rows if any(row.values())]


def _write(root: Path, rows: list[dict[str, str]]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    with tempfile.NamedTemporaryFile("w", dir=root, prefix=".extensions", delete=False, encoding="utf-8") as new:
        new.write(text.getvalue())
    os.chmod(new.name, 0o644)
    os.replace(new.name, root / FILE)
