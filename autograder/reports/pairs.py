"""Which students of a class handed in what is alike: write-ups and functions, compared with what the course itself shows."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.course.assignment import Assignment
from autograder.reports.class_data import ClassData
from autograder.reports.similarity import LEAST_OF_CODE, LEAST_OF_TEXT, Pair, Runs, alike, runs_of, tokens_of_code, tokens_of_text

# Pairs of students that have a page.
MOST_PAIRS = 40
# Folders of an assignment with other ways to write a function, right and wrong ones: what anyone may come to.
_FORMS = ("alternatives", "mutants")
_NOTEBOOKS = ("release", "solutions")


@dataclass(frozen=True)
class AlikeCell:
    """A cell in which two students wrote what is alike.

    Attributes
    ----------
    cell
        Its ``grade_id``; of a function, that of its check.
    is_code
        Whether it is a function.
    pair
        How alike it is.
    first, second
        What they wrote.
    """

    cell: str
    is_code: bool
    pair: Pair
    first: str
    second: str


@dataclass(frozen=True)
class AlikeStudents:
    """Two students and all cells in which they are alike, the most similar first."""

    first: str
    second: str
    cells: tuple[AlikeCell, ...]

    @property
    def similarity(self) -> float:
        """Of the most similar cell."""
        return self.cells[0].pair.similarity


def alike_students(data: ClassData) -> list[AlikeStudents]:
    """The pairs of a class, those that share most cells first."""
    found: dict[tuple[str, str], list[AlikeCell]] = defaultdict(list)
    shown = _shown_by(data.root, data.assignment)
    for cell, (is_code, texts) in _texts(data).items():
        known = [*shown.get(cell, ()), *(_forms(data.assignment, cell) if is_code else ())]
        for pair in _alike(texts, known, is_code):
            found[pair.first, pair.second].append(AlikeCell(cell, is_code, pair, texts[pair.first], texts[pair.second]))
    together = [
        AlikeStudents(first, second, tuple(sorted(cells, key=lambda each: (-each.pair.similarity, -each.pair.runs, each.cell))))
        for (first, second), cells in found.items()
    ]
    return sorted(together, key=lambda each: (-len(each.cells), -each.similarity, each.first, each.second))[:MOST_PAIRS]


def _alike(texts: dict[str, str], known: Iterable[str], is_code: bool) -> list[Pair]:
    tokens = tokens_of_code if is_code else tokens_of_text

    @cache
    def runs(text: str) -> Runs:
        return runs_of(tokens(text))

    own = {student: runs(text) for student, text in texts.items()}
    return alike(own, [runs(text) for text in known], LEAST_OF_CODE if is_code else LEAST_OF_TEXT)


def _texts(data: ClassData) -> dict[str, tuple[bool, dict[str, str]]]:
    """By cell: whether it is code, and what each student wrote."""
    found: dict[str, tuple[bool, dict[str, str]]] = {}
    for student in data.students:
        if student.work is not None:
            for check in student.work.checks:
                found.setdefault(check.check, (True, {}))[1][student.student] = check.source
            for writeup in student.work.writeups:
                found.setdefault(writeup.writeup, (False, {}))[1][student.student] = writeup.text
    return found


def _shown_by(root: Path, assignment: Assignment) -> dict[str, list[str]]:
    """What stands in the cells of the release and of the solutions."""
    found: dict[str, list[str]] = defaultdict(list)
    for folder in _NOTEBOOKS:
        path = root / folder / assignment.identifier / f"{assignment.notebook}.ipynb"
        try:
            cells = json.loads(path.read_bytes())["cells"]
        except (OSError, ValueError, KeyError):
            # A course that was not built: what it shows is not left out, and the pages are written all the same.
            continue
        for cell in cells:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
            found[name if cell["cell_type"] == "markdown" else f"check_{name}"].append("".join(cell["source"]))
    return found


def _forms(assignment: Assignment, cell: str) -> list[str]:
    function = cell.removeprefix("check_")
    files = [file for folder in _FORMS for file in sorted((assignment.folder / folder / function).glob("*.py"))]
    return [file.read_text(encoding="utf-8") for file in files]
