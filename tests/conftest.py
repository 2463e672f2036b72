"""What several test files need: the course, a copy of it to grade in, and a class that was graded once for all."""

import fcntl
import functools
import gc
import hashlib
import importlib
import os
import pickle
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import nbformat
import pytest

from autograder.cli import main
from autograder.course.assignment import Assignment, read_assignments
from autograder.course.build import FRESH, state_of
from autograder.grading.kept_reports import FILE as KEPT_REPORTS
from autograder.sandbox.warm import WarmParent
from tests.rows import leave_out_rows

# Some machines keep Python from writing down what it compiled. The tests start hundreds of processes and sandboxes, and each would
# compile the course's code anew, which takes longer than most of what it then does.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

ROOT = Path(__file__).resolve().parent.parent
ASSIGNMENTS = read_assignments(ROOT)
BY_ID = {assignment.identifier: assignment for assignment in ASSIGNMENTS}
# The assignments of which some tests know what stands in them. What such a test demands, a new assignment need not have yet.
KNOWN = ("differentiation", "layers")
# The code is not among them: it is imported from here, wherever a course lies.
COURSE_FILES = (
    "assignments",
    "examples",
    "release",
    "solutions",
    "source",
    "nbgrader_config.py",
    "requirements.txt",
)


def examples(few: int) -> int:
    """How many examples of a property are drawn: a third of a few in every run, and so many times a few where ``EXAMPLES`` asks for them."""
    times = os.environ.get("EXAMPLES")
    return few * int(times) if times else max(few // 3, 1)


def notebook_of(folder: str, assignment, root: Path = ROOT) -> Path:
    """The notebook of an assignment in ``source``, ``release`` or ``solutions``."""
    return root / folder / assignment.identifier / f"{assignment.notebook}.ipynb"


def read_notebook(path: Path):
    """A notebook in its current format."""
    return nbformat.read(path, as_version=4)


# What the reader made of the texts of the sample class, for all processes of the tests, and for later ones as long as the reader is the same.
DERIVATIONS = ROOT / ".pytest_cache" / "derivations.db"


@functools.cache
def get_warm() -> None:
    """Set the texts of the perfect submissions once in this process, and read the derivations of the sample class once in any.

    The workers of each run are forks of it, or find the derivations in the course; else each run would begin with seconds of it.
    """
    from autograder.grading.reading import keep_reports_in, read_cell, reads
    from autograder.pages.page import FeedbackExporter

    # A worker that has a picture to draw would import these first.
    for drawing in ("matplotlib.figure", "matplotlib.backends.backend_agg"):
        importlib.import_module(drawing)
    for assignment in ASSIGNMENTS:
        for notebook in _handed_in(assignment, "solutions", "examples/submitted/perfect"):
            # A graded notebook does not say its language, and its code is set by the lexer of IPython.
            for language in ("python", "ipython3"):
                notebook.metadata["language_info"] = {"name": language}
                FeedbackExporter().from_notebook_node(notebook)
    DERIVATIONS.parent.mkdir(exist_ok=True)
    with DERIVATIONS.with_suffix(".lock").open("w") as lock:
        # All processes begin at once: the first one reads.
        fcntl.flock(lock, fcntl.LOCK_EX)
        keep_reports_in(DERIVATIONS)
        for assignment in ASSIGNMENTS:
            # All others of the sample class have one of these texts.
            for notebook in _handed_in(assignment, "solutions", "examples/submitted/perfect", "examples/submitted/seed"):
                for cell in notebook.cells:
                    if cell.cell_type == "code" and reads(cell.source):
                        read_cell(cell.source, notebook, ROOT / "source" / assignment.identifier)
        keep_reports_in(None)


def _handed_in(assignment: Assignment, *folders: str) -> list:
    return [read_notebook(notebook_of(folder, assignment)) for folder in folders]


class KeptParent(WarmParent):
    """A warm parent that stays for all runs of this process: it takes a second of computing to start one."""

    def put_assignments(self, assignments: dict[str, Path]) -> None:
        """Put these in the place of those of an earlier run, which has ended."""
        shutil.rmtree(self._folder / "assignments", ignore_errors=True)
        super().put_assignments(assignments)

    def close(self) -> None:
        """Leave it to the next run. The copies that a run has asked for end with its workers."""

    def end(self) -> None:
        super().close()

    @property
    def alive(self) -> bool:
        return self._process.poll() is None


KEPT: list[KeptParent] = []


def kept_parent(confined: bool = True) -> WarmParent:
    """In the place of `WarmParent`, for what grades classes in this process."""
    if not confined:
        return WarmParent(confined)
    if not KEPT or not KEPT[-1].alive:
        KEPT.append(KeptParent())
    return KEPT[-1]


@functools.cache
def gradebook_that_knows_the_assignments() -> bytes:
    """A gradebook as the first run of the course makes one, which takes two seconds of computing: one process makes it for all."""
    from autograder.course.course import Course
    from autograder.grading.gradebooks import for_workers

    # Of the course and its code as they are: another one is told of other cells.
    made_of = [
        *(notebook_of("source", assignment) for assignment in ASSIGNMENTS),
        ROOT / "autograder" / "grading" / "gradebooks.py",
    ]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in made_of)).hexdigest()
    kept = DERIVATIONS.with_name(f"gradebook-{digest[:16]}")
    kept.parent.mkdir(exist_ok=True)
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            new = kept.with_suffix(".new")
            new.write_bytes(for_workers(Course(ROOT), "postgresql:///on-a-server"))
            new.rename(kept)
    return kept.read_bytes()


def opened_gradebook(course, db_url: str, assignments: list[Assignment]):
    """In the place of `open_gradebook`: a new gradebook of the course as it is here begins as a copy."""
    from autograder.grading.gradebooks import open_gradebook, sqlite_file

    def source(assignment: Assignment, root: Path) -> bytes:
        return notebook_of("source", assignment, root).read_bytes()

    file = sqlite_file(db_url)
    is_new = file is not None and not file.exists()
    is_ours = [each.identifier for each in assignments] == [each.identifier for each in ASSIGNMENTS]
    if is_new and is_ours and all(source(each, course.root) == source(each, ROOT) for each in ASSIGNMENTS):
        file.write_bytes(gradebook_that_knows_the_assignments())
    return open_gradebook(course, db_url, assignments)


@functools.cache
def begin_runs_sooner() -> None:
    """Let the runs in this process share a warm parent, and begin with a gradebook that is not told of every cell again.

    Commands, which are processes of their own, begin as they do outside of tests; see also `own_warm_parent`.
    """
    from autograder.grading import class_pool, run

    class_pool.WarmParent = kept_parent
    run.open_gradebook = opened_gradebook


def pytest_collection_finish() -> None:
    """What was collected stays: to look through it for garbage, again and again, takes a tenth of the time of the tests that only compute."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    """End what was kept."""
    for parent in KEPT:
        parent.end()


@pytest.fixture
def own_warm_parent(monkeypatch):
    """Let each run of a test start a warm parent of its own, as it does outside of tests."""
    begin_runs_sooner()
    monkeypatch.setattr("autograder.grading.class_pool.WarmParent", WarmParent)


def copy_course(destination: Path) -> Path:
    """The course as a fresh clone has it, without its code, the bank of solutions, and anyone's submissions or results."""
    get_warm()
    begin_runs_sooner()
    destination.mkdir(exist_ok=True)
    for name in COURSE_FILES:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "mutants", "alternatives")
            shutil.copytree(ROOT / name, destination / name, ignore=ignored)
        else:
            shutil.copyfile(ROOT / name, destination / name)
    # Its folders are fresh, as test_build.py asserts: no command need build them again, which takes eight seconds of computing.
    (destination / FRESH).write_text(state_of(destination, destination))
    with closing(sqlite3.connect(DERIVATIONS)) as read, closing(sqlite3.connect(destination / KEPT_REPORTS)) as kept:
        read.backup(kept)
    return destination


# Files whose tests grade classes, start sandboxes, kernels or browsers, build the course or make environments: minutes, not seconds.
# Those that take longest come first.
SLOW = """linear_time cluster sheets_in_a_browser notebooks_in_jupyterlab bad_input grading feedback_of_a_class build formgrader
    strangers hostile_submissions runs class_page mangle modes_of_isolation oral_defence pages_in_a_browser lateness release
    isolation machine nbgrader_traps links marks_by_hand readme two_runs mangle_graded marking speedups sample_class figures
    sandbox_accounts carry marks_of_a_page generated_mutants attacks_end_to_end attacks waiting marking_page drops load template
    gradebooks sandbox_limits exports""".split()
# Files that compute for more than a few seconds, without any of that: no worker is to begin with one of them when the others end.
LONG = """bank writeup_properties writeups read_once precision inference sheets practice untrue_diagnoses defence_choice
    class_numbers accepting one_session strangers_tiny_examples practice_session student_wheel strangers_hidden strangers_indices
    exam strangers_ng strangers_layouts strangers_declared_letters strangers_public""".split()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests that ``make quick`` leaves to ``make test``, and begin with them: no worker is left alone with a long file in the end."""
    leave_out_rows(config, items)
    rank = {name: place for place, name in enumerate(SLOW + LONG)}
    for item in items:
        if item.path.stem.removeprefix("test_") in SLOW:
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: rank.get(item.path.stem.removeprefix("test_"), len(rank)))


@pytest.fixture(params=ASSIGNMENTS, ids=lambda assignment: assignment.identifier)
def assignment(request):
    """Each assignment of the course in turn."""
    return request.param


@pytest.fixture
def course(tmp_path):
    """A copy of the course that a test may change."""
    return copy_course(tmp_path)


@pytest.fixture
def command_line(capfd):
    """The command line in this process, which has imported already what a command needs: what it returns and says."""

    def run(course: Path, *arguments: str) -> subprocess.CompletedProcess:
        capfd.readouterr()
        status = main(["--root", str(course), *arguments])
        return subprocess.CompletedProcess(arguments, status, *capfd.readouterr())

    return run


class GradedClass:
    """The sample class, graded, with what the run said."""

    def __init__(self, root: Path):
        from autograder.grading.classes import choose_class
        from autograder.grading.run import grade

        self.root = root
        # What never ends need not be waited for as long as in a course, twice: a right cell computes for a small part of a second.
        with (root / "nbgrader_config.py").open("a") as file:
            file.write("\nc.IsolatedExecute.timeout = 1\n")
        self.said: list[str] = []
        self.folder = choose_class(root, self.said.append)
        self.remarks = grade(root, self.folder, say=self.said.append)

    def marks(self, student: str, assignment):
        from nbgrader.api import Gradebook

        from autograder.grading.marks import read_marks

        with Gradebook(self.folder.db_url) as gradebook:
            return read_marks(gradebook, assignment, student)


@pytest.fixture(scope="session")
def graded_class(tmp_path_factory, worker_id):
    """The sample class, graded once for all tests that only look: by the first process that asks, and the others wait for it."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "graded"
    folder.mkdir(exist_ok=True)
    kept = folder / "class.pickle"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            kept.write_bytes(pickle.dumps(GradedClass(copy_course(folder / "course"))))
    return pickle.loads(kept.read_bytes())


def read_wheel(path: Path) -> dict[str, bytes]:
    """The files in a wheel, by name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
