"""A small class by hand for tests of the defence sheets: what grading found, without grading."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from autograder.grading.reading import report_on
from autograder.grading.work import CheckedFunction, ReadWriteup, Work
from autograder.reports.class_data import CellMark, ClassData, StudentsWork
from autograder.reports.sheet import sheet_file, write_sheets
from autograder.reports.site import Site
from matrix_checks.derivations.values.declared_exercises import FILE
from tests.conftest import BY_ID, ROOT

FIRST = BY_ID["differentiation"]
SOURCE = ROOT / "source" / FIRST.identifier / FILE
ROW = r"$\frac{dy}{dx} = x^\top + x^\top = 2 x^\top = 3 x^\top$"
TRUE = r"$x^\top x = \sum_i x_i x_i = \sum_i x_i^2 = \sum_i x_i^2 + 0$ and so on, in the words of one student"
RIGHT_CODE = "def grad_quadratic(x):\n    return 2 * x"
WRONG_PRINT = """grad_quadratic
  ? Which shape does the docstring ask for?
  → right in numerator layout: a row
  ✗ x = (3, -1, 2): shape (1, 3), where shape (3,) is expected
      yours: [[ 6., -2.,  4.]]
  ✓ arguments unchanged, own memory
  general shapes, 4 points: 0 of 3 passed
  edge cases, 1 point: 0 of 5 passed
  Earned: 0 of 6 points.
"""


def writeup(text: str, name: str = "writeup_ex1", most: float = 8.0, **more: Any) -> ReadWriteup:
    """A write-up that was read."""
    return ReadWriteup(name, text, most, report_on(SOURCE, name, text) if text else None, **more)


def check(source: str = RIGHT_CODE, printed: str = "", points: float = 6.0, function: str = "grad_quadratic") -> CheckedFunction:
    """A function and its check."""
    return CheckedFunction(function, f"check_{function}", source, printed, points, 6.0)


def work(*parts: ReadWriteup | CheckedFunction, student: str = "ada", remarks: tuple[str, ...] = ()) -> Work:
    """What was found in a submission."""
    checks = tuple(each for each in parts if isinstance(each, CheckedFunction))
    return Work(student, FIRST.identifier, True, remarks, checks, tuple(each for each in parts if isinstance(each, ReadWriteup)))


def student(identifier: str, found: Work | None = None, **more: Any) -> StudentsWork:
    """One of the class."""
    return StudentsWork(identifier, more.pop("name", identifier.title()), found, **more)


def written(folder: Path, *students: StudentsWork, root: Path = ROOT) -> dict[str, BeautifulSoup]:
    """The sheets of a class, by student."""
    site = Site(folder)
    site.write_assets()
    write_sheets(site, ClassData(root, FIRST, students))
    pages = folder / FIRST.identifier / "sheets"
    return {
        each.student: BeautifulSoup((pages / sheet_file(each.student)).read_text(encoding="utf-8"), "html.parser")
        for each in students
    }


def text_of(element: Any) -> str:
    """What is written in an element, blanks aside."""
    return " ".join(element.get_text(" ").split())


LATE = {"handed_in": datetime(2027, 3, 1, 23, 5), "late": timedelta(hours=3), "penalty": 2.0}
MARKS = {
    "check_grad_quadratic": CellMark(automatic=6.0),
    "writeup_ex1": CellMark(manual=5.0, comment="The layout: see $x^\\top$."),
}
