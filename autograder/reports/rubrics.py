"""The rubrics of an assignment, as its instructor notebook holds them: a line is worth points."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from autograder.course.master import BEGIN_RUBRIC, END_RUBRIC

_RUBRIC = re.compile(re.escape(BEGIN_RUBRIC) + "(.*?)" + re.escape(END_RUBRIC), re.DOTALL)
# A line that is indented belongs to the one above it.
_LINE = re.compile(r"^- (\d+(?:\.\d+)?) points?:[ \t]*(\S.*(?:\n[ \t]+\S.*)*)", re.MULTILINE)


@dataclass(frozen=True)
class RubricLine:
    """One line of a rubric.

    Attributes
    ----------
    points
        What it is worth.
    words
        What they are given for.
    """

    points: float
    words: str


def read_rubrics(notebook: Path) -> dict[str, tuple[RubricLine, ...]]:
    """The rubric of each write-up, by its ``grade_id``; none where there is no instructor notebook.

    Parameters
    ----------
    notebook
        ``source/<assignment>/<notebook>.ipynb``; the cell ``statement_ex1`` holds the rubric of ``writeup_ex1``.
    """
    if not notebook.is_file():
        return {}
    found: dict[str, tuple[RubricLine, ...]] = {}
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        rubric = _RUBRIC.search("".join(cell["source"]))
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        if rubric is not None:
            found["writeup_" + name.removeprefix("statement_")] = _lines(rubric[1])
    return found


def _lines(text: str) -> tuple[RubricLine, ...]:
    return tuple(RubricLine(float(points), " ".join(words.split())) for points, words in _LINE.findall(text))
