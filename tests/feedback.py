"""A small graded notebook and its page of feedback, made as nbgrader makes it, without a gradebook."""

from pathlib import Path
from typing import Any

import nbformat
from bs4 import BeautifulSoup
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from traitlets.config import Config

from autograder.grading.feedback import HideTests, LeadWithMarks, ShowRemarks
from autograder.grading.remarks import note
from autograder.pages.page import FeedbackExporter

TOML = """
title = "Curves & lines"
notebook = "curves"
due = "2027-02-28T23:59:00+00:00"

[points]
code = 6
writeups = 8

[exercises]
ex1 = { title = "Ex. 1: a slope", cells = ["writeup_slope", "check_slope"] }
ex2 = { title = "Ex. 2: a length", cells = ["check_length"] }
"""
CHAPTER = "# A curve has slopes\n\nWhat a slope is, at length."
SUMMARY = "3 equalities read: 2 true, 1 false. The first false step is $y = 2$: the sign is wrong."
STEPS = f"{SUMMARY}\n\n| verdict | no. | step | remark |\n|---|---|---|---|\n| ✗ | 3 | $y = 2$ | false: the sign is wrong |\n"
PRINTED = """slope
  ? When one entry grows a little, does the result grow or fall?
  → the sign is wrong
  ✗ x = 3: the value is -6, where 6 is expected
  ✓ arguments unchanged, own memory
  general shapes, 3 points: 0 of 2 passed
  Earned: 0 of 3 points.
"""
RIGHT = "length\n  ✓ x = 3\n  general shapes, 3 points: 1 of 1 passed\n  Earned: 3 of 3 points.\n"
HIDDEN = "check = Check('slope')\n### BEGIN HIDDEN TESTS\nsecret = 12345\n### END HIDDEN TESTS\ncheck.points()"


def marked(name: str, **grading: Any) -> dict[str, Any]:
    """The metadata of a graded cell."""
    return {"nbgrader": {"grade_id": name, "grade": False, "solution": False, "locked": False, "task": False, **grading}}


def printed(text: str) -> list[NotebookNode]:
    """Outputs of a cell that printed something."""
    return [new_output("stream", name="stdout", text=text)]


def small_notebook(**writeup: Any) -> NotebookNode:
    """A derivation with a false step that nobody has marked, a function with a wrong sign, and one that is right.

    Parameters
    ----------
    writeup
        What else the metadata of the write-up say: ``score``, ``waits``, ``comment``.
    """
    found = f"5.5 of 8 points, a suggestion by machine; a person decides. {SUMMARY}"
    grading = {
        "grade": True,
        "solution": True,
        "points": 8.0,
        "score": 0.0,
        "waits": True,
        "comment": None,
        "found": found,
        **writeup,
    }
    look = printed("a look of the chapter's")
    cells = [
        new_markdown_cell(CHAPTER, id="text"),
        new_code_cell("look()", metadata=marked("look_slope", locked=True), outputs=look),
        new_markdown_cell("$y = 2$ is what I derived", metadata=marked("writeup_slope", **grading)),
        new_code_cell(
            'check_writeup("writeup_slope")',
            metadata=marked("read_writeup_slope", locked=True),
            outputs=[new_output("display_data", data={"text/markdown": STEPS, "text/plain": ""})],
        ),
        new_code_cell("def slope(x): return -2 * x", metadata=marked("slope", solution=True, comment=None, found=None)),
        new_code_cell(
            HIDDEN,
            metadata=marked("check_slope", grade=True, locked=True, points=3.0, score=0.0, waits=False),
            outputs=printed(PRINTED),
        ),
        new_markdown_cell("## Lengths\n\nWhat a length is.", id="text-2"),
        new_markdown_cell("A thought of my own", id="mine"),
        new_code_cell("def length(x): return abs(x)", metadata=marked("length", solution=True, comment=None, found=None)),
        new_code_cell(
            "check = Check('length')",
            metadata=marked("check_length", grade=True, locked=True, points=3.0, score=3.0, waits=False),
            outputs=printed(RIGHT),
        ),
    ]
    notebook = new_notebook(cells=cells)
    found = {"to_fix": "the first false step: the sign is wrong in $y = 2$", "suggested": "5.5 of 8 points suggested by machine"}
    note(notebook, derivations={"writeup_slope": found})
    return notebook


def small_course(root: Path, toml: str = TOML) -> Path:
    """A folder with what a page needs of a course: titles, and the text of the chapter."""
    (root / "assignments" / "curves").mkdir(parents=True)
    (root / "assignments" / "curves" / "assignment.toml").write_text(toml, encoding="utf-8")
    (root / "source" / "curves").mkdir(parents=True)
    chapter = new_notebook(cells=[new_markdown_cell(CHAPTER), new_markdown_cell("## Lengths\n\nWhat a length is.")])
    nbformat.write(chapter, root / "source" / "curves" / "curves.ipynb")
    return root


def html_of(course: Path, notebook: NotebookNode, *, options: dict[str, Any] | None = None, **place: Any) -> str:
    """The page of a graded notebook, as text.

    Parameters
    ----------
    course
        See `small_course`.
    notebook
        With its marks.
    options
        For ``LeadWithMarks``.
    place
        What else the gradebook knows: ``name``, ``late_penalty``, ``seconds_late``.
    """
    config = Config({"LeadWithMarks": {"course": str(course), **(options or {})}})
    exporter = FeedbackExporter(config=config)
    for kind in (HideTests, ShowRemarks, LeadWithMarks):
        exporter.register_preprocessor(kind(config=config), enabled=True)
    own = {"student": "ada", "assignment": "curves", "notebook": "curves", "name": "Ada Lovelace", **place}
    return exporter.from_notebook_node(notebook, {"metadata": {"name": "curves"}, "nbgrader": own})[0]


def page_of(course: Path, notebook: NotebookNode, **options: Any) -> BeautifulSoup:
    """The page, parsed."""
    return BeautifulSoup(html_of(course, notebook, **options), "html.parser")


def words(element: Any) -> str:
    """The text of an element on one line."""
    return " ".join(element.get_text().split())
