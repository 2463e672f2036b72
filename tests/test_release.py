"""The release runs on a machine that has only Python, NumPy, Matplotlib and Jupyter, untouched and worked."""

import itertools
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ASSIGNMENTS, KNOWN, ROOT, notebook_of, read_notebook
from tests.environments import STUDENT, environment, system_python, without_this_python

# Each known assignment has so many sections; what an author adds behind them may be without a look.
SECTIONS = 4


@pytest.fixture(scope="session")
def student_python() -> Path:
    """Python of a second environment, set up once, that holds what a student's machine holds: the system's Python, where it can be."""
    return environment(STUDENT, system_python() or os.environ.get("PYTHON", "python3"), "requirements-student.txt")


def execute(python: Path, notebooks: list[Path]) -> None:
    """Run All, by the student's own Jupyter, each in the folder that was copied to their machine, and in a kernel of its own."""
    command = ["-m", "jupyter", "nbconvert", "--to", "notebook", "--execute", "--allow-errors", "--inplace", *notebooks]
    home = notebooks[0].parent
    result = subprocess.run([python, *command], cwd=home, env=without_this_python(python), capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


def printed(cell) -> str:
    return "".join(output.get("text", "") for output in cell.get("outputs", []))


def grade_id(cell) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


@pytest.fixture(scope="session")
def executed(student_python, tmp_path_factory):
    """Executed notebooks by assignment id, untouched and worked: one command runs them all, as to start it takes seconds."""
    notebooks = {}
    for assignment, worked in itertools.product(ASSIGNMENTS, (False, True)):
        folder = tmp_path_factory.mktemp("student") / assignment.identifier
        name = f"{assignment.notebook}.ipynb"
        shutil.copytree(ROOT / "release" / assignment.identifier, folder, ignore=shutil.ignore_patterns("__pycache__"))
        if worked:
            shutil.copy(ROOT / "examples" / "submitted" / "perfect" / assignment.identifier / name, folder / name)
        notebooks[assignment.identifier, worked] = folder / name
    execute(student_python, list(notebooks.values()))
    return {key: read_notebook(notebook) for key, notebook in notebooks.items()}


def test_the_second_environment_has_nothing_of_the_instructors(student_python):
    listing = "import importlib.metadata as m, json; print(json.dumps([each.name for each in m.distributions()]))"
    listed = subprocess.run(
        [student_python, "-c", listing], env=without_this_python(student_python), capture_output=True, text=True, check=True
    )
    names = {name.lower() for name in json.loads(listed.stdout)}
    assert {"numpy", "matplotlib", "notebook"} <= names
    assert not names & {"nbgrader", "jupytext", "pytest", "scipy", "hypothesis"}


def test_every_cell_of_the_untouched_release_runs_and_names_the_function_that_is_missing(executed, assignment):
    notebook = executed[assignment.identifier, False]
    for cell in notebook.cells:
        assert not [output for output in cell.get("outputs", []) if output.output_type == "error"], grade_id(cell)
        assert not [output for output in cell.get("outputs", []) if output.get("name") == "stderr"], grade_id(cell)
        if grade_id(cell).startswith("check_"):
            function = grade_id(cell).removeprefix("check_")
            assert f"{function} is not written yet." in printed(cell)
            assert cell.outputs[-1].data["text/plain"] == "0.0"
        if grade_id(cell).startswith("look_"):
            pictures = [output for output in cell.outputs if "image/png" in output.get("data", {})]
            assert pictures or "is not written yet" in printed(cell), grade_id(cell)


def test_every_check_of_the_worked_release_gives_a_verdict_with_the_size_of_the_error(executed, assignment):
    notebook = executed[assignment.identifier, True]
    checks = [cell for cell in notebook.cells if grade_id(cell).startswith("check_")]
    assert len(checks) >= (10 if assignment.identifier in KNOWN else 1)
    for cell in checks:
        lines = printed(cell).split("\n")
        assert any(line.startswith("  ✓ ") for line in lines), grade_id(cell)
        assert "✗" not in printed(cell), grade_id(cell)
        # factorize has no single right answer; it is judged by what it reaches.
        assert "relative error" in printed(cell) or "holds=" in cell.source, grade_id(cell)
        assert "if the hidden cases, tried at grading, agree" in printed(cell)


def test_every_look_of_the_worked_release_draws(executed, assignment):
    notebook = executed[assignment.identifier, True]
    looks = [cell for cell in notebook.cells if grade_id(cell).startswith("look_")]
    assert len(looks) >= (4 if assignment.identifier in KNOWN else 0)
    for cell in looks:
        assert [output for output in cell.outputs if "image/png" in output.get("data", {})], grade_id(cell)


def test_every_section_of_the_notebook_has_a_look(assignment):
    notebook = read_notebook(notebook_of("release", assignment))
    assert sum(grade_id(cell).startswith("look_") for cell in notebook.cells) >= min(len(assignment.exercises), SECTIONS)
