"""What grading finds in one submission, as plain data: made where it is graded, kept in ``history/``, and shown by the reports.

It holds what the reader made of each derivation and what each check printed, so that a page about a class reads nothing again.
Marks are not in it: they are in the gradebook, where a person may change them at any time.
"""

import json
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder.course.assignment import Assignment
from autograder.grading.kept_reports import report_from
from autograder.grading.reading import declared, report_on
from autograder.grading.writeups import suggested_points
from matrix_checks.derivations.judging.report import Report
from matrix_checks.derivations.notebooks import is_written, without_stub
from matrix_checks.derivations.values.declared_exercises import FILE

HISTORY, LATEST, PREVIOUS = "history", "latest.json", "previous.json"
# Of pictures in a write-up: larger ones are in the notebook itself.
MOST_PICTURE_BYTES = 3_000_000
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
_ESCAPES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


@dataclass(frozen=True, slots=True)
class CheckedFunction:
    """One function and its check.

    Attributes
    ----------
    function, check
        Its name, and the ``grade_id`` of its check cell.
    source
        The student's cell.
    printed
        What the check printed; a hidden case is in it as students see it.
    points, most
        What the check gave, and what it can give.
    """

    function: str
    check: str
    source: str
    printed: str
    points: float
    most: float


@dataclass(frozen=True)
class ReadWriteup:
    """One write-up and what the reader made of it.

    Attributes
    ----------
    writeup
        Its ``grade_id``.
    text
        Markdown, without the sentence that stands in an empty cell.
    most
        The points that it can earn.
    report
        What the reader found; ``None`` where nothing is written, or reading took too long.
    pictures
        Of the cell, by name: a type and the picture in base 64.
    """

    writeup: str
    text: str
    most: float
    report: Report | None = None
    pictures: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written."""
        return not self.text.strip()

    @property
    def suggested(self) -> float | None:
        """The points that the reader suggests; ``None`` where it could read nothing."""
        readable = self.report is not None and self.report.is_readable
        return suggested_points(self.report, self.most) if readable and self.report else None


@dataclass(frozen=True)
class Work:
    """What was found in one submission.

    Attributes
    ----------
    student, assignment
        Whose it is, and what for.
    is_graded
        Whether it could be run.
    remarks
        What the instructor should know, a sentence each.
    checks, writeups
        In the order of the notebook.
    seconds
        How long it took, by the clock on the wall; ``None`` where nobody measured. Work that differs in nothing else is equal.
    """

    student: str
    assignment: str
    is_graded: bool = True
    remarks: tuple[str, ...] = ()
    checks: tuple[CheckedFunction, ...] = ()
    writeups: tuple[ReadWriteup, ...] = ()
    seconds: float | None = field(default=None, compare=False)

    def to_json(self) -> bytes:
        """As bytes; equal work gives equal bytes, but for the seconds."""
        return json.dumps(asdict(self), ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()


def from_json(content: bytes) -> Work:
    """The work that :meth:`Work.to_json` made bytes of. Raises ``ValueError`` for anything else."""
    try:
        found = json.loads(content)
        checks = tuple(CheckedFunction(**each) for each in found.pop("checks"))
        writeups = tuple(_writeup_from(each) for each in found.pop("writeups"))
        return Work(**{**found, "remarks": tuple(found["remarks"])}, checks=checks, writeups=writeups)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"this is no record of a submission: {error}") from error


def _writeup_from(found: dict[str, Any]) -> ReadWriteup:
    report = None if found["report"] is None else report_from(found["report"])
    pictures = {name: (kind, data) for name, (kind, data) in found["pictures"].items()}
    return ReadWriteup(**{**found, "report": report, "pictures": pictures})


def work_of(
    student: str, assignment: Assignment, notebook: NotebookNode, remarks: list[str], points: dict[str, float | None], source: Path
) -> Work:
    """What was found in a graded notebook.

    Parameters
    ----------
    student, assignment
        Whose it is, and what for.
    notebook
        After it was run.
    remarks
        What the instructor should know.
    points
        What was given without a person, by ``grade_id``.
    source
        The instructor's folder of the assignment.
    """
    cells = {grading_of(cell).get("grade_id", ""): cell for cell in notebook.cells}
    exercises = declared(source / FILE)
    checks, writeups = [], []
    for name in (name for exercise in assignment.exercises for name in exercise.cells):
        cell = cells.get(name)
        if cell is None:
            continue
        most = float(grading_of(cell).get("points", 0))
        if name in exercises:
            report = report_on(source / FILE, name, cell.source) if is_written(cell.source) else None
            writeups.append(ReadWriteup(name, without_stub(cell.source), most, report, _pictures(cell)))
        elif cell.cell_type == "code":
            function = name.removeprefix("check_")
            own = cells.get(function)
            written = "" if own is None else own.source
            checks.append(CheckedFunction(function, name, written, printed_by(cell), float(points.get(name) or 0), most))
    return Work(student, assignment.identifier, True, tuple(remarks), tuple(checks), tuple(writeups))


def _pictures(cell: NotebookNode) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    room = MOST_PICTURE_BYTES
    attachments = cell.get("attachments", {})
    for name, bundle in attachments.items() if isinstance(attachments, dict) else ():
        for kind, data in bundle.items() if isinstance(bundle, dict) else ():
            if kind in PICTURES and isinstance(data, str) and len(data) <= room:
                found[str(name)] = (kind, "".join(data.split()))
                room -= len(data)
    return found


def printed_by(cell: NotebookNode) -> str:
    """What a code cell printed, exceptions included, without colours."""
    texts = [_text(output) for output in cell.get("outputs", [])]
    return _ESCAPES.sub("", "".join(texts))


def _text(output: Any) -> str:
    if output.output_type == "stream":
        return str(output.text)
    if output.output_type == "error":
        return f"{output.ename}: {output.evalue}\n"
    return ""


def grading_of(cell: NotebookNode) -> dict[str, Any]:
    """What nbgrader's metadata say of a cell."""
    found = cell.metadata.get("nbgrader", {})
    return found if isinstance(found, dict) else {}
