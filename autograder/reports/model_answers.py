"""What the course itself answers: model write-ups, right functions and rubrics, out of the instructor's notebook."""

import re
from dataclasses import dataclass
from pathlib import Path

import nbformat

from autograder.course.assignment import Assignment
from autograder.course.master import BEGIN_RUBRIC, END_RUBRIC, without_solution_markers
from autograder.course.titles import writeup_titles

_RUBRIC = re.compile(rf"{re.escape(BEGIN_RUBRIC)}(.*?){re.escape(END_RUBRIC)}", re.DOTALL)
# As autograder/course/master.py writes them into a check.
_GIVEN = re.compile(r'^check\.substitute\("""(.*?)"""\)', re.DOTALL | re.MULTILINE)
_DEFINED = re.compile(r"^def (\w+)\(", re.MULTILINE)
_HEADING = re.compile(r"^\*\*Marking scheme\*\*\s*")


@dataclass(frozen=True)
class ModelAnswer:
    """What the course says of one cell.

    Attributes
    ----------
    answer
        Markdown of a write-up, or the text of a function's cell.
    rubric
        Markdown: what the points of a write-up are for.
    points
        What the cell is worth; ``None`` where it is not graded.
    title
        The name of a write-up for people; empty where it has none.
    given
        Of a check, the functions of the course's own that it gives in the place of the student's.
    """

    answer: str = ""
    rubric: str = ""
    points: float | None = None
    title: str = ""
    given: tuple[str, ...] = ()


NONE = ModelAnswer()


def read_model_answers(root: Path, assignment: Assignment) -> dict[str, ModelAnswer]:
    """The model answers of an assignment by ``grade_id``; none where the course is not built."""
    file = root / "source" / assignment.identifier / f"{assignment.notebook}.ipynb"
    if not file.is_file():
        return {}
    cells = {}
    for cell in nbformat.read(file, as_version=4).cells:
        grading = cell.metadata.get("nbgrader", {})
        if grading.get("grade_id"):
            cells[grading["grade_id"]] = cell
    titles = writeup_titles(assignment)
    found = {}
    for name, cell in cells.items():
        statement = cells.get(f"statement_{name.removeprefix('writeup_')}")
        rubric = _RUBRIC.search(statement.source) if statement is not None else None
        found[name] = ModelAnswer(
            without_solution_markers(cell.source),
            _HEADING.sub("", rubric[1].strip()) if rubric else "",
            cell.metadata["nbgrader"].get("points"),
            titles.get(name, ""),
            tuple(name for text in _GIVEN.findall(cell.source) for name in _DEFINED.findall(text)),
        )
    return found
