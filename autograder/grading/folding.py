"""What of a graded notebook stands open on its student's page, and what is folded because the student has it in the chapter."""

import json
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from nbformat import NotebookNode

from autograder.grading.overview import Row
from autograder.grading.reading import reads
from autograder.grading.work import grading_of

# In the metadata of a cell: how the template of pages shows it.
LAYOUT = "layout"
_HEADING = re.compile(r"^#{1,3} +([^$`\\<>&\n]{1,80})$", re.MULTILINE)


def chapter_texts(notebook: Path) -> frozenset[str]:
    """The texts of a chapter's Markdown cells, from the instructor's notebook; none where there is no such file."""
    try:
        return _texts(notebook, notebook.stat().st_mtime_ns)
    except OSError:
        return frozenset()


@lru_cache(maxsize=20)
def _texts(notebook: Path, _time: int) -> frozenset[str]:
    """Read once for all pages, and again when the file is another."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    own = [cell for cell in cells if cell["cell_type"] == "markdown" and not cell["metadata"].get("nbgrader", {}).get("solution")]
    return frozenset("".join(cell["source"]).strip() for cell in own)


def lay_out(cells: Sequence[NotebookNode], rows: Sequence[Row], chapter: frozenset[str]) -> None:
    """Say for each cell what the template needs to know of its place.

    ``kind`` is ``chapter`` (folded), ``check`` (the code is folded, what it printed is not), ``reader`` (what it printed
    alone) or ``own``; ``opens`` is what a fold is called that begins with this cell, ``closes`` whether one ends with it,
    ``exercise`` the exercise of which it is the first, and ``repeated`` whether the steps below a write-up say all that was
    found of it.

    Parameters
    ----------
    cells
        Of the notebook.
    rows
        The exercises.
    chapter
        The texts of the chapter.
    """
    exercises = _first_cells(cells, rows)
    writeup: NotebookNode | None = None
    for cell in cells:
        cell.metadata[LAYOUT] = {"kind": _kind(cell, chapter)}
        if cell.cell_type == "markdown" and grading_of(cell).get("found"):
            writeup = cell
        elif cell.metadata[LAYOUT]["kind"] == "reader" and writeup is not None:
            writeup.metadata[LAYOUT]["repeated"] = _says(cell, grading_of(writeup)["found"])
            writeup = None
    folded: list[NotebookNode] = []
    for cell in cells:
        if cell.metadata[LAYOUT]["kind"] == "chapter":
            folded.append(cell)
            continue
        exercise = exercises.get(id(cell))
        # The statement of an exercise stands below its heading.
        (folded[0] if folded else cell).metadata[LAYOUT]["exercise"] = exercise
        _fold(folded)
        folded = []
    _fold(folded)


def _first_cells(cells: Sequence[NotebookNode], rows: Sequence[Row]) -> dict[int, Row]:
    """The exercises by the first cell of the student's in each: a function stands before the check that it belongs to."""
    of_cell = {name: row for row in rows for name in row.cells}
    first: dict[int, Row] = {}
    seen: set[str] = set()
    functions: list[NotebookNode] = []
    for cell in cells:
        grading = grading_of(cell)
        row = of_cell.get(grading.get("grade_id", ""))
        if row is None:
            functions += [cell] if grading.get("solution") else []
            continue
        if row.identifier not in seen:
            seen.add(row.identifier)
            first[id(functions[0] if functions else cell)] = row
        functions = []
    return first


def _kind(cell: NotebookNode, chapter: frozenset[str]) -> str:
    grading = grading_of(cell)
    if grading.get("task") and not (grading.get("points") or grading.get("comment")):
        return "chapter"
    if grading.get("grade") or grading.get("solution") or grading.get("task"):
        return "check" if cell.cell_type == "code" and grading.get("grade") and not grading.get("solution") else "own"
    if grading.get("locked"):
        return "reader" if cell.cell_type == "code" and reads(cell.source) else "chapter"
    return "chapter" if cell.cell_type == "markdown" and cell.source.strip() in chapter else "own"


def _says(reader: NotebookNode, found: str) -> bool:
    """Whether the output of the reader's cell begins as the comment at the write-up does, with all of its steps behind that."""
    shown = [output.data.get("text/markdown", "") for output in reader.outputs if output.output_type == "display_data"]
    return any(text and found.startswith(text.split("\n", 1)[0]) for text in shown)


def _fold(cells: Sequence[NotebookNode]) -> None:
    if cells:
        cells[0].metadata[LAYOUT]["opens"] = _called(cells)
        cells[-1].metadata[LAYOUT]["closes"] = True


def _called(cells: Iterable[NotebookNode]) -> str:
    headings = [found[1].strip() for cell in cells if cell.cell_type == "markdown" for found in _HEADING.finditer(cell.source)]
    return f"From the chapter: {headings[0]}" + (" and more" if len(headings) > 1 else "") if headings else "From the chapter"
