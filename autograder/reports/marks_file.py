"""A file of marks, ``marks.csv``, as a page of marking or a spreadsheet writes it: read and checked as a whole, without any database.

A row is a mark: ``student,assignment,cell,points,comment``. Empty points leave the score as it is, and an empty comment leaves the
comment. The order of the columns does not matter, and there may be others.
"""

import csv
import difflib
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from autograder.grading.exporting import harmless
from autograder.grading.submissions import printable

COLUMNS = ("student", "assignment", "cell", "points", "comment")
DELIMITERS = ",;\t"
# What one person writes to another has fewer letters; a column that slipped may have more.
MOST_LETTERS = 20_000
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)", re.ASCII)
_NAMED_DELIMITER = re.compile(r"sep=(.)\s*", re.IGNORECASE)
# A database on a server takes no such letter, and no one types one.
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class MarksFileError(ValueError):
    """A file of marks is not recorded; the message holds a sentence for each thing in it that is not right.

    Parameters
    ----------
    faults
        The sentences.
    """

    def __init__(self, faults: list[str]):
        self.faults = [printable(fault) for fault in faults]
        many = f"{len(faults)} things in the file are" if len(faults) > 1 else "something in the file is"
        super().__init__("\n  ".join([f"no mark was recorded, because {many} not right:", *self.faults]))


@dataclass(frozen=True)
class GivenMark:
    """What a person gives for one cell.

    Attributes
    ----------
    student, assignment, cell
        What it is given for: the student's id, the assignment's id, the cell's ``grade_id``.
    points
        ``None`` where the score stays as it is.
    comment
        ``None`` where the comment stays as it is.
    line
        Where it stands in the file.
    """

    student: str
    assignment: str
    cell: str
    points: float | None = None
    comment: str | None = None
    line: int = field(default=0, compare=False)

    @property
    def place(self) -> tuple[str, str, str]:
        """What the mark is given for."""
        return self.student, self.assignment, self.cell


@dataclass(frozen=True)
class Markable:
    """What may be marked by hand, as a gradebook knows it.

    Attributes
    ----------
    students
        Ids of all who are known.
    maximum
        By assignment, the points of each cell that a person marks.
    checks
        By assignment, the cells whose points are found by running them.
    graded
        Student and assignment of all that was graded.
    """

    students: frozenset[str]
    maximum: Mapping[str, Mapping[str, float]]
    checks: Mapping[str, frozenset[str]]
    graded: frozenset[tuple[str, str]]


def read_marks_file(content: bytes, markable: Markable) -> list[GivenMark]:
    """The marks in a file, one for each cell.

    Parameters
    ----------
    content
        Of the file: UTF-8, with or without a byte order mark; commas, semicolons or tabs between the fields; points with a comma or a dot.
    markable
        What there is to be marked.

    Raises
    ------
    MarksFileError
        If anything in it is not right; then nothing of it is to be recorded.
    """
    faults: list[str] = []
    marks = _parsed(_text(content), faults)
    faults += [f"line {mark.line}: {why}" for mark in marks if (why := _why_not(mark, markable))]
    joined = _joined(marks, faults)
    if faults:
        raise MarksFileError(sorted(faults, key=_line_of))
    return joined


def write_marks_file(marks: Iterable[GivenMark]) -> str:
    """The text of a file that is read as these marks. No spreadsheet computes a cell of it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for mark in marks:
        points = "" if mark.points is None else format(Decimal(repr(mark.points)), "f").removesuffix(".0")
        writer.writerow([*map(_shielded, mark.place), points, _shielded(mark.comment or "")])
    return text.getvalue()


def _why_not(mark: GivenMark, markable: Markable) -> str:
    """Why a mark cannot be recorded; empty where it can."""
    why = _unknown(mark, markable)
    if not why and mark.points is not None:
        why = _beyond(mark, mark.points, markable.maximum[mark.assignment][mark.cell])
    if not why and mark.comment and len(mark.comment) > MOST_LETTERS:
        why = f"the comment has {len(mark.comment):,} letters, and more than {MOST_LETTERS:,} are taken for a mistake."
    return why


def _unknown(mark: GivenMark, markable: Markable) -> str:
    """Why there is nothing that the mark can be given for; empty where there is."""
    if mark.student not in markable.students:
        return f"there is no student {mark.student!r} in the gradebook{_meant(mark.student, markable.students)}."
    if mark.assignment not in markable.maximum:
        return f"there is no assignment {mark.assignment!r}; there is {' and '.join(sorted(markable.maximum))}."
    if mark.cell in markable.checks[mark.assignment]:
        return f"{mark.cell} is a check, whose points are found by running it and are not given here: to put others in their place, use make formgrader."
    cells = markable.maximum[mark.assignment]
    if mark.cell not in cells:
        return f"{mark.assignment} has no cell {mark.cell!r}{_meant(mark.cell, cells)}; a person marks {', '.join(cells)}."
    if (mark.student, mark.assignment) not in markable.graded:
        return f"nothing of {mark.student} is graded in {mark.assignment} yet: run make grade first."
    return ""


def _beyond(mark: GivenMark, points: float, most: float) -> str:
    if points < 0:
        return f"{points:g} points for {mark.cell} are below 0."
    if points > most == 0:
        return (
            f"{mark.cell} is worth 0 points, so {points:g} are too many: leave the points empty, and put the mark into the comment."
        )
    return f"{points:g} points are more than the {most:g} that {mark.cell} is worth." if points > most else ""


def _meant(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, known, 1)
    return f" (is {close[0]!r} meant?)" if close else ""


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MarksFileError(["it is no text in UTF-8: save the table as CSV in UTF-8."]) from error
    if "\0" in text:
        raise MarksFileError(["it is no text file: save the table as CSV in UTF-8."])
    if not text.strip():
        raise MarksFileError([f"it is empty: its first line should be {','.join(COLUMNS)}."])
    return text


def _parsed(text: str, faults: list[str]) -> list[GivenMark]:
    """The marks as they stand there, as far as their rows can be read."""
    rows = _rows(text)
    first, names = next(rows, (1, []))
    header = [name.strip().casefold() for name in names]
    missing = [name for name in COLUMNS if name not in header]
    twice = [name for name in COLUMNS if header.count(name) > 1]
    if missing or twice:
        faults += [f"line {first}: there is no column {name}: this line should be {','.join(COLUMNS)}." for name in missing]
        faults += [f"line {first}: there are several columns {name}: leave one." for name in twice]
        return []
    marks = [mark for line, row in rows if (mark := _mark(line, row, header, faults)) is not None]
    if not marks and not faults:
        faults.append("there is no mark below its first line.")
    return marks


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, each with the number of the line on which it begins."""
    first = text.lstrip("\r\n").split("\n", 1)[0].rstrip("\r")
    named = _NAMED_DELIMITER.fullmatch(first)
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=named[1] if named else max(DELIMITERS, key=first.count), strict=True
    )
    begins = 1
    try:
        for row in reader:
            if any(value.strip() for value in row) and not (named and row[0].casefold() == "sep="):
                yield begins, row
            begins = reader.line_num + 1
    except csv.Error as error:
        raise MarksFileError([f"line {begins}: it cannot be read as CSV ({error}); a quotation mark may be missing."]) from error


def _mark(line: int, row: list[str], header: list[str], faults: list[str]) -> GivenMark | None:
    if any(value.strip() for value in row[len(header) :]):
        faults.append(
            f"line {line}: it has more fields than the first line: a comment or a number with a comma in it needs quotation marks around it."
        )
        return None
    fields = {name: _unshielded(value.strip()) for name, value in zip(header, row, strict=False)}
    points, comment = fields.get("points", ""), fields.get("comment", "").replace("\r\n", "\n").replace("\r", "\n")
    if points and not _NUMBER.fullmatch(points):
        faults.append(f"line {line}: {points[:40]!r} is not a number of points.")
        return None
    if _NO_TEXT.search(comment):
        faults.append(f"line {line}: the comment holds a letter that cannot be shown: remove it.")
        return None
    student, assignment, cell = (fields.get(name, "") for name in COLUMNS[:3])
    return GivenMark(student, assignment, cell, float(points.replace(",", ".")) if points else None, comment or None, line)


def _joined(marks: list[GivenMark], faults: list[str]) -> list[GivenMark]:
    """One mark for each cell: rows about the same cell say the same, or one of them the points and another the comment."""
    joined: dict[tuple[str, str, str], GivenMark] = {}
    for mark in marks:
        before = joined.get(mark.place)
        if before is None:
            joined[mark.place] = mark
            continue
        for what, first, second in (("points", before.points, mark.points), ("comments", before.comment, mark.comment)):
            if first is not None and second is not None and first != second:
                faults.append(
                    f"line {mark.line}: {mark.cell} of {mark.student} has other {what} on line {before.line}: leave one of the two."
                )
        points = mark.points if before.points is None else before.points
        joined[mark.place] = replace(before, points=points, comment=before.comment or mark.comment)
    return list(joined.values())


def _line_of(fault: str) -> int:
    found = re.match(r"line (\d+):", fault)
    return int(found[1]) if found else 0


def _is_computed(text: str) -> bool:
    """Whether a spreadsheet would compute a text, or this one is the sign that another one is to be shown as it is."""
    bare = text.lstrip("'")
    return harmless(bare) != bare


def _shielded(text: str) -> str:
    return f"'{text}" if _is_computed(text) else text


def _unshielded(text: str) -> str:
    return text[1:] if text.startswith("'") and _is_computed(text) else text
