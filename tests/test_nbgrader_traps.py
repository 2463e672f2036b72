"""Each of nbgrader's traps, set once and found harmless."""

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.utils import determine_grade

from tests.conftest import BY_ID, ROOT, notebook_of, read_notebook

CHECK = """
from matrix_checks.notebook import Check

check = Check("double", general=2, edge=1)
check.visible("one", 1.0, expected=2.0)
check.points()
"""


def marks(answers: list[str]) -> dict[str, float]:
    """What nbgrader makes of a check cell after each of several cells of students', run by a real kernel, one after the other."""
    cells = []
    for source in answers:
        checked = new_code_cell(
            CHECK, metadata={"nbgrader": {"grade": True, "solution": False, "points": 3.0, "grade_id": "check"}}
        )
        cells += [new_code_cell("globals().pop('double', None)"), new_code_cell(source), checked]
    notebook = new_notebook(cells=cells)
    NotebookClient(notebook, allow_errors=True, resources={"metadata": {"path": str(ROOT)}}).execute()
    return {source: determine_grade(checked)[0] for source, checked in zip(answers, notebook.cells[2::3])}


NOISE = [
    "print('noise', file=sys.stderr)",
    "warnings.warn('noise')",
    "np.array([1.0]) / 0",
    "print('noise')",
    "logging.getLogger().warning('noise')",
    "sys.__stderr__.write('noise')",
]
NUMBERS = ["np.float64(2.0)", "2.0", "np.array(2.0)", "2"]
NO_ANSWERS = ["def double(x): raise SystemExit", ""]


def noisy(noise: str, returned: str) -> str:
    return f"import logging, sys, warnings, numpy as np\ndef double(x):\n    {noise}\n    return {returned}"


def returning(value: str) -> str:
    return f"import numpy as np\ndef double(x):\n    return {value}"


@pytest.fixture(scope="module")
def marked() -> dict[str, float]:
    """The marks of all answers below: a kernel takes a second to start."""
    answers = [noisy(noise, returned) for noise in NOISE for returned in ("2 * x", "x")]
    answers += [returning(value + more) for value in NUMBERS for more in ("", " + 1")]
    return marks([*answers, *NO_ANSWERS])


@pytest.mark.parametrize("noise", NOISE)
def test_noise_on_any_stream_neither_raises_nor_lowers_a_mark(marked, noise):
    """Text on stderr in a check cell would score 0."""
    assert marked[noisy(noise, "2 * x")] == 3.0
    assert marked[noisy(noise, "x")] == 0.0


@pytest.mark.parametrize("value", NUMBERS)
def test_the_kind_of_number_that_a_function_returns_changes_no_mark(marked, value):
    """A last expression that is no plain number would earn full marks; points() returns a plain float whatever happens."""
    assert marked[returning(value)] == 3.0
    assert marked[returning(f"{value} + 1")] == 0.0


def test_a_wrong_answer_earns_zero_and_not_full_marks_for_want_of_an_output(marked):
    assert [marked[answer] for answer in NO_ANSWERS] == [0.0, 0.0]


def test_every_check_cell_ends_with_its_points_and_nothing_after(assignment):
    for cell in read_notebook(notebook_of("source", assignment)).cells:
        if cell.id.startswith("check_"):
            assert cell.source.rstrip().split("\n")[-1] == "check.points()", cell.id
            assert len(re.findall(r"^check\.points\(\)", cell.source, flags=re.MULTILINE)) == 1


def test_hidden_tests_stand_before_the_last_line(assignment):
    """What follows the hidden region must still be the value of the cell in the student's copy."""
    for folder in ("source", "release"):
        for cell in read_notebook(notebook_of(folder, assignment)).cells:
            if cell.id.startswith("check_"):
                assert cell.source.rstrip().endswith("check.points()"), (folder, cell.id)


def test_nothing_of_ours_trusts_the_exit_status_of_nbgrader_validate():
    """It exits 0 when a check fails."""
    for path in [ROOT / "Makefile", ROOT / ".ci" / "run", *(ROOT / "autograder").rglob("*.py")]:
        assert "nbgrader validate" not in path.read_text(encoding="utf-8"), path


def test_pairing_metadata_of_jupytext_is_in_no_built_notebook(assignment):
    for folder in ("source", "release", "solutions"):
        assert "jupytext" not in notebook_of(folder, assignment).read_text(encoding="utf-8")


def test_no_master_lies_in_source(assignment):
    """nbgrader would ship it to students."""
    assert not list((ROOT / "source" / assignment.identifier).rglob("*.md")) or not any(
        "BEGIN SOLUTION" in path.read_text(encoding="utf-8") for path in (ROOT / "source").rglob("*.md")
    )


def nbgrader(course: Path, *arguments: str) -> subprocess.CompletedProcess:
    """Plain nbgrader, as its documentation calls it, in a course folder."""
    return subprocess.run([str(Path(sys.executable).parent / "nbgrader"), *arguments], cwd=course, capture_output=True, text=True)


def test_plain_nbgrader_accepts_the_configuration_without_a_warning_and_does_all_four_steps(course):
    for student in ("perfect", "untouched"):
        target = course / "submitted" / student / "layers"
        target.parent.mkdir(parents=True)
        (course / "examples" / "submitted" / student / "layers").rename(target)
    release = {path: path.read_bytes() for path in (course / "release").rglob("*.ipynb")}
    generated = nbgrader(course, "generate_assignment", "layers", "--force")
    assert generated.returncode == 0, generated.stderr
    remarks = [line for line in generated.stderr.splitlines() if "WARNING" in line and "Removing existing assignment" not in line]
    assert [line for line in remarks if "SAWarning" not in line] == []
    assert {path: path.read_bytes() for path in (course / "release").rglob("*.ipynb")} == release
    for command in (["autograde", "layers"], ["generate_feedback", "layers"], ["export"]):
        result = nbgrader(course, *command)
        assert result.returncode == 0, result.stderr
        assert "Config option" not in result.stderr and "not recognized" not in result.stderr
    scores = {line.split(",")[3]: float(line.split(",")[9]) for line in (course / "grades.csv").read_text().splitlines()[1:]}
    assert scores == {"perfect": BY_ID["layers"].points["code"], "untouched": 0.0}
    feedback = (course / "feedback" / "perfect" / "layers" / "neural_layers.html").read_text(encoding="utf-8")
    assert "HIDDEN TESTS" not in feedback
    graded = nbformat.read(course / "autograded" / "perfect" / "layers" / "neural_layers.ipynb", as_version=4)
    statements = [cell for cell in graded.cells if cell.id.startswith("statement_")]
    assert statements and all("MARK SCHEME" in cell.source for cell in statements), "the formgrader shows the rubric"
