"""Finding submissions, and saying in one sentence each what is wrong with one before and after it is graded."""

import collections
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.course.assignment import Assignment
from autograder.grading.remarks import of_run


@dataclass(frozen=True)
class Submission:
    """One student's folder for one assignment.

    Attributes
    ----------
    student, assignment
        Their names.
    folder
        ``<submitted>/<student>/<assignment id>``.
    """

    student: str
    assignment: Assignment
    folder: Path

    @property
    def notebook(self) -> Path:
        """Where the notebook should be."""
        return self.folder / f"{self.assignment.notebook}.ipynb"


def find_submissions(submitted: Path, assignments: list[Assignment]) -> tuple[list[Submission], list[str]]:
    """All submissions in a folder, and one sentence for everything there that is none.

    Parameters
    ----------
    submitted
        Holds one folder for each student, and in it one for each assignment.
    assignments
        The course's assignments.
    """
    known = {assignment.identifier: assignment for assignment in assignments}
    submissions, remarks = [], []
    for student in sorted(path for path in submitted.iterdir() if path.is_dir() and not path.name.startswith(".")):
        if not student.name.isprintable():
            remarks.append(f"{printable(student.name)}: the name of the folder holds characters that cannot be shown; rename it.")
            continue
        own = [path for path in sorted(student.iterdir()) if path.is_dir() and not path.name.startswith(".")]
        for folder in own:
            if folder.name in known:
                submissions.append(Submission(student.name, known[folder.name], folder))
            else:
                remarks.append(
                    f"{student.name}/{folder.name}: there is no such assignment, so this folder is not graded. "
                    f"Name it {' or '.join(known)}."
                )
        if not own:
            remarks.append(f"{student.name}: the folder holds no assignment. It should hold {' or '.join(known)}.")
    return submissions, remarks


def printable(text: str) -> str:
    """A text in which nothing speaks to the terminal, whoever wrote it."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)


class Unreadable(ValueError):
    """A notebook that is missing or broken; the message says so in one sentence."""


def read_notebook(submission: Submission) -> NotebookNode:
    """A submission's notebook in the newest format; :class:`Unreadable` if there is none."""
    path = submission.notebook
    if not path.is_file():
        others = [other.name for other in sorted(submission.folder.glob("*.ipynb"))]
        found = f" There is {', '.join(others)}: rename it if it is the answer." if others else ""
        raise Unreadable(f"{path.name} is missing.{found}")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError, OSError) as error:
        place = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise Unreadable(f"{path.name} is no notebook: its text is not JSON{place}. Ask the student to save and hand in again.") from error
    try:
        notebook = nbformat.convert(nbformat.from_dict(content), 4)
        nbformat.validate(notebook)
    except Exception as error:
        first_line = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise Unreadable(f"{path.name} is JSON but no notebook: {first_line[:200]}") from error
    return notebook


def remarks_before(own: NotebookNode, source: Path) -> list[str]:
    """What the instructor should know about a readable notebook, from comparing it with the instructor's own.

    Parameters
    ----------
    own
        The submission's notebook.
    source
        The instructor's notebook.
    """
    original_kernel, graded = _original(source, source.stat().st_mtime_ns)
    remarks = []
    kernel = own.metadata.get("kernelspec")
    kernel = kernel.get("name", "") if isinstance(kernel, dict) else ""
    if kernel != original_kernel:
        remarks.append(f"the kernel {kernel!r} was replaced by {original_kernel!r}")
    count = collections.Counter(_grade_ids(own))
    missing = [name for name in graded if not count[name]]
    twice = [name for name, number in count.items() if number > 1]
    if missing:
        remarks.append(f"{_cells(missing)} had been deleted and {'was' if len(missing) == 1 else 'were'} put back")
    if twice:
        remarks.append(f"{_cells(twice)} {'is' if len(twice) == 1 else 'are'} there more than once: the last one counts")
    return remarks


def remarks_after(autograded: Path) -> list[str]:
    """What went wrong while a notebook ran: the first exception of a cell of the student's, and whatever was stopped."""
    return of_run(nbformat.from_dict(json.loads(autograded.read_text(encoding="utf-8"))))


@lru_cache(maxsize=20)
def _original(source: Path, changed: int) -> tuple[str, list[str]]:
    """The kernel of an instructor's notebook and its graded cells."""
    notebook = nbformat.read(source, as_version=4)
    return notebook.metadata["kernelspec"]["name"], _grade_ids(notebook, graded_only=True)


def _grade_ids(notebook, graded_only: bool = False) -> list[str]:
    metadata = [each for cell in notebook.cells if isinstance(each := cell.metadata.get("nbgrader"), dict)]
    return [each["grade_id"] for each in metadata if isinstance(each.get("grade_id"), str) and (each.get("grade") or not graded_only)]


def _cells(names: list[str]) -> str:
    return f"the cell {names[0]}" if len(names) == 1 else f"the cells {', '.join(names)}"
