"""The preprocessor that runs submissions for nbgrader: students' cells in the sandbox, check cells in this process."""

import atexit
from functools import cache
from pathlib import Path

import nbformat
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import Execute
from traitlets import Enum, Float

from autograder.isolation.figures import read_pictures
from autograder.isolation.sandbox import Sandbox
from autograder.isolation.session import Session
from autograder.isolation.trusted import run_check
from autograder.isolation.warm import Copy

SECONDS_PER_NOTEBOOK = 180.0
WEAKER = {
    "limits": (
        "isolation is set to 'limits': student code runs as a process of your own user, with limits of memory, time and files. "
        "It can read what you can read, and write what you can write."
    ),
    "kernel": (
        "isolation is set to 'kernel': student code runs in the same kernel as the hidden tests, as your own user. "
        "It can read and write what you can, and can change its own marks."
    ),
}


class IsolatedExecute(Execute):
    """Takes the place of nbgrader's ``Execute`` in ``Autograde.autograde_preprocessors``."""

    isolation = Enum(
        ["bubblewrap", "limits", "kernel"],
        "bubblewrap",
        help="'bubblewrap' runs student code in a sandbox. 'limits' and 'kernel' are weaker, and say so in every run.",
    ).tag(config=True)

    seconds_per_notebook = Float(SECONDS_PER_NOTEBOOK, help="Seconds for all cells of a notebook together.").tag(config=True)

    def preprocess(self, nb, resources):
        """Run all cells; called by nbconvert, returns the notebook and the resources."""
        if self.isolation in WEAKER:
            self.log.warning(WEAKER[self.isolation])
        if self.isolation == "kernel":
            return super().preprocess(nb, resources)
        place = resources["nbgrader"]
        course = CourseDirectory(config=self.config)
        folder = Path(course.format_path(course.source_directory, ".", place["assignment"])).resolve()
        checks = check_sources(folder / f"{place['notebook']}.ipynb")
        pictures = pictures_of(folder.parent.parent / "solutions" / place["assignment"] / f"{place['notebook']}.ipynb")
        with sandbox(folder.parent, self.isolation).session(place["assignment"], self.seconds_per_notebook) as session:
            session.use_pictures(pictures)
            run_cells(nb, checks, session, self.timeout or self.seconds_per_notebook)
        return nb, resources


def run_cells(notebook, checks: dict[str, str], session: Session, seconds: float) -> None:
    """Run a notebook's code cells in their order and put their outputs into it.

    Parameters
    ----------
    notebook
        The sanitized submission; changed in place.
    checks
        The instructor's text of the check cells, by ``grade_id``: this is what runs, whatever the submission holds.
    session
        The student's process.
    seconds
        For one cell of the student's.
    """
    count = 0
    for cell in notebook.cells:
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        count += 1
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if grade_id in checks:
            outputs = run_check(checks[grade_id], session.namespace(), count)
        else:
            outputs = session.run_cell(cell.source, seconds)
        for output in outputs:
            if output["output_type"] == "execute_result":
                output["execution_count"] = count
        cell.outputs = [nbformat.from_dict(output) for output in outputs]
        cell.execution_count = count


@cache
def check_sources(notebook: Path) -> dict[str, str]:
    """The text of an instructor notebook's check cells, by ``grade_id``."""
    cells = nbformat.read(notebook, as_version=4).cells
    graded = [cell for cell in cells if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade")]
    return {cell.metadata.nbgrader.grade_id: cell.source for cell in graded}


pictures_of = cache(read_pictures)


def assignment_folders(source: Path) -> dict[str, Path]:
    """The folders in ``source``, by assignment id."""
    return {folder.name: folder for folder in source.iterdir() if folder.is_dir()}


_lent: list[Copy] = []


def lend(parent: Copy) -> None:
    """Give this process a warm parent, made and ended by another process, for its sandbox."""
    _lent.append(parent)


@cache
def sandbox(source: Path, isolation: str) -> Sandbox:
    """The sandbox of this process for the assignments in ``source``; started when it is first needed."""
    confined = isolation == "bubblewrap"
    started = Sandbox(assignment_folders(source), confined, _lent.pop() if _lent else None)
    atexit.register(started.close)
    return started
