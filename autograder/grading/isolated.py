"""The preprocessor that runs submissions for nbgrader: students' cells in the sandbox, check cells in this process."""

import atexit
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import Execute
from traitlets import Enum, Float, Instance, default

from autograder.course.solved import instructors_environment, without_hidden_tests
from autograder.grading.inbox.folder import read_folder
from autograder.grading.reading import read_cell, reads
from autograder.grading.remarks import note_run
from autograder.sandbox.figures import read_pictures
from autograder.sandbox.replay import Budget, Start
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.session import Session
from autograder.sandbox.two_runs import Step, run_twice
from autograder.sandbox.warm import Copy

# Of computing. By the wall it is so many times as long, for a machine that is busy, and for cells that sleep.
SECONDS_PER_NOTEBOOK = 180.0
WALL = 2.0
# Of a student's own files beside the notebook.
MOST_BYTES = 16_000_000
MOST_FILES = 200
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


class WorkerSandbox:
    """The sandbox of one process that grades: started when it is first needed, kept from one notebook to the next.

    Parameters
    ----------
    parent
        A warm parent that somebody else ends; one is started if not given.

    Attributes
    ----------
    failure
        What the last notebook failed with, if it did: nbgrader makes a text of it, in which nobody can tell the machine's failures
        from a submission's.
    """

    def __init__(self, parent: Copy | None = None):
        self._parent = parent
        self._started: dict[tuple[Path, bool], Sandbox] = {}
        self.failure: Exception | None = None

    def __deepcopy__(self, memo: dict[int, Any]) -> "WorkerSandbox":
        """Itself: traitlets copies what a configuration holds, and there is one process."""
        return self

    def started(self, source: Path, confined: bool) -> Sandbox:
        """The sandbox for the assignments in ``source``: a program that grades two courses has two of them."""
        if (source, confined) not in self._started:
            self._started[source, confined] = Sandbox(assignment_folders(source), confined, self._parent)
        return self._started[source, confined]

    def close(self) -> None:
        """End it, and whatever runs in it."""
        for started in self._started.values():
            started.close()


@cache
def _sandbox_of_this_process() -> WorkerSandbox:
    """For nbgrader's own commands, which have no worker that could hand one down."""
    own = WorkerSandbox()
    atexit.register(own.close)
    return own


class IsolatedExecute(Execute):
    """Takes the place of nbgrader's ``Execute`` in ``Autograde.autograde_preprocessors``."""

    isolation = Enum(
        ["bubblewrap", "limits", "kernel"],
        "bubblewrap",
        help="'bubblewrap' runs student code in a sandbox. 'limits' and 'kernel' are weaker, and say so in every run.",
    ).tag(config=True)

    seconds_per_notebook = Float(
        SECONDS_PER_NOTEBOOK, help="Seconds of computing for all cells of a notebook together; twice as many by the wall."
    ).tag(config=True)

    worker_sandbox = Instance(WorkerSandbox, help="The sandbox; one for all of this process if not given.").tag(config=True)

    @default("worker_sandbox")
    def _of_this_process(self) -> WorkerSandbox:
        return _sandbox_of_this_process()

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Run all cells; called by nbconvert, returns the notebook and the resources."""
        if self.isolation in WEAKER:
            self.log.warning(WEAKER[self.isolation])
        if self.isolation == "kernel":
            return super().preprocess(nb, resources)
        place = resources["nbgrader"]
        course = CourseDirectory(config=self.config)
        folder = Path(course.format_path(course.source_directory, ".", place["assignment"])).resolve()
        cells = instructors_cells(folder / f"{place['notebook']}.ipynb")
        pictures = pictures_of(folder.parent.parent / "solutions" / place["assignment"] / f"{place['notebook']}.ipynb")
        started = self.worker_sandbox.started(folder.parent, confined=self.isolation == "bubblewrap")

        files = own_files(Path(resources["metadata"]["path"]), folder)

        @contextlib.contextmanager
        def start(seconds: float, wall: float) -> Iterator[Session]:
            with started.session(place["assignment"], seconds, wall) as session:
                session.use_pictures(pictures)
                if files:
                    session.put_files(files)
                yield session

        budget = Budget(self.seconds_per_notebook, WALL * self.seconds_per_notebook)
        self.worker_sandbox.failure = None
        try:
            run_cells(nb, cells, folder, start, self.timeout or self.seconds_per_notebook, budget)
        except Exception as error:
            self.worker_sandbox.failure = error
            raise
        return nb, resources

    def start_new_kernel(self, **options: Any) -> None:
        """Start the kernel of the mode "kernel"; called by nbclient. The hidden tests need more than students have."""
        super().start_new_kernel(env=instructors_environment(), **options)


def own_files(beside: Path, course: Path) -> dict[str, bytes]:
    """What a student handed in beside the notebook that its cells may need: modules and data, within bounds.

    Parameters
    ----------
    beside
        Where the notebook is graded.
    course
        The instructor's folder, whose own files are there already, as they should be.
    """
    files: dict[str, bytes] = {}
    size = 0
    for name, content in sorted(read_folder(beside).files.items()):
        size += len(content)
        if name.endswith((".ipynb", ".pdf")) or name == "timestamp.txt" or not name.isprintable() or (course / name).exists():
            size -= len(content)
        elif size <= MOST_BYTES and len(files) < MOST_FILES:
            files[name] = content
    return files


@dataclass(frozen=True)
class InstructorsCells:
    """What an instructor notebook says of its code cells, by ``grade_id``.

    Attributes
    ----------
    checks
        Text of the check cells, as :class:`~autograder.sandbox.two_runs.Step` has them.
    locked
        Text of the other locked cells.
    """

    checks: dict[str, Step] = field(default_factory=dict)
    locked: dict[str, str] = field(default_factory=dict)


def run_cells(notebook: NotebookNode, known: InstructorsCells, folder: Path, start: Start, seconds: float, budget: Budget) -> None:
    """Run a notebook's code cells in their order and put their outputs into it.

    Parameters
    ----------
    notebook
        The sanitized submission; changed in place.
    known
        The instructor's cells: what they say is what runs, whatever the submission holds in their place.
    folder
        Of the instructor's notebook.
    start
        Starts a process for the student's cells.
    seconds
        For one cell of the student's.
    budget
        For all of them.
    """
    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    names = [_grade_id(cell) for cell in cells]
    run = [place for place, name in enumerate(names) if not reads(known.locked.get(name, ""))]
    report = run_twice([_step(cells[place], names[place], known) for place in run], start, start, seconds, budget)
    outputs: dict[int, list[dict[str, Any]]] = dict(zip(run, report.outputs))
    for place, cell in enumerate(cells):
        if place not in outputs:
            outputs[place] = read_cell(known.locked[names[place]], notebook, folder)
        for output in outputs[place]:
            if output["output_type"] == "execute_result":
                output["execution_count"] = place + 1
        cell.outputs = [nbformat.from_dict(output) for output in outputs[place]]
        cell.execution_count = place + 1
    note_run(notebook, report.late, len(report.stopped), [cell for cell, name in zip(cells, names) if name not in known.checks])


def _step(cell: NotebookNode, name: str, known: InstructorsCells) -> Step:
    if name in known.checks:
        return known.checks[name]
    return Step(cell.source, look=known.locked.get(name) == cell.source)


def _grade_id(cell: NotebookNode) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


@cache
def instructors_cells(notebook: Path) -> InstructorsCells:
    """The code cells of an instructor notebook."""
    known = InstructorsCells()
    for cell in nbformat.read(notebook, as_version=4).cells:
        grading = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and grading.get("grade"):
            name = grading["grade_id"].removeprefix("check_")
            visible = without_hidden_tests(cell.source)
            known.checks[grading["grade_id"]] = Step(cell.source, name, visible, float(grading["points"]))
        elif cell.cell_type == "code" and grading.get("locked"):
            known.locked[grading["grade_id"]] = cell.source
    return known


pictures_of = cache(read_pictures)


def assignment_folders(source: Path) -> dict[str, Path]:
    """The folders in ``source``, by assignment id."""
    return {folder.name: folder for folder in source.iterdir() if folder.is_dir()}
