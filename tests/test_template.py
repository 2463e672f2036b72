"""The framework on a small course of its own: an assignment is begun, changed, built and graded, and every slip is one sentence."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.bank.files import read_bank
from autograder.course.assignment import read_assignments
from autograder.course.build import build
from autograder.course.template import write_template
from autograder.course.trial import Trial
from tests.conftest import ROOT, read_notebook


@pytest.fixture
def course(tmp_path) -> Path:
    """A course with one assignment, begun by the template."""
    for name in ("nbgrader_config.py", "requirements.txt"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "examples" / "students").mkdir(parents=True)
    write_template(tmp_path, "curves")
    return tmp_path


@pytest.fixture
def slip(course):
    """Change one file of the assignment; the sentence with which the build refuses it."""

    def change(name: str, old: str, new: str) -> str:
        path = course / "assignments" / "curves" / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        with pytest.raises(ValueError) as caught:
            build(course, say=lambda _: None)
        return str(caught.value).replace(str(course), "")

    return change


def test_a_new_assignment_is_built_as_it_is_and_again_changes_nothing(course):
    changed = build(course, say=lambda _: None)
    names = {path.relative_to(course).as_posix() for path in changed}
    assert {"source/curves/curves.ipynb", "release/curves/curves.ipynb", "solutions/curves/curves.html"} <= names
    assert build(course, say=lambda _: None) == []
    released = read_notebook(course / "release" / "curves" / "curves.ipynb")
    assert not any("return 2 * x" in cell.source for cell in released.cells)


def test_the_mutant_of_a_new_assignment_loses_points_with_its_diagnosis_and_the_alternative_none(course):
    (assignment,) = read_assignments(course)
    trial = Trial(assignment)
    for kind in ("mutants", "alternatives"):
        (file,) = read_bank(assignment, kind)
        result = trial.run({file.function: file.source})[file.function]
        assert (result.points == result.possible) == (kind == "alternatives")
        assert file.diagnosis in result.diagnosis


def test_the_command_names_what_it_wrote(tmp_path):
    command = [sys.executable, "-m", "autograder", "--root", str(tmp_path), "new"]
    done = subprocess.run([*command, "curves"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0 and "  wrote assignments/curves/hidden/square_gradient.py\n" in done.stdout
    again = subprocess.run([*command, "curves"], cwd=ROOT, capture_output=True, text=True)
    assert again.returncode == 2 and again.stderr.endswith("is there already: choose another name, or edit what it holds.\n")


@pytest.mark.parametrize("name", ["", "Curves", "a b", "../x", "9", "x" * 40, "-x"])
def test_a_name_that_is_no_folder_and_no_notebook_is_refused(name, tmp_path):
    with pytest.raises(ValueError, match="cannot name an assignment"):
        write_template(tmp_path, name)


CHAPTER = "curves.md"
SLIPS = {
    "a total of the code": ("assignment.toml", "code = 4", "code = 5", "promises 5 points for code, and the check cells"),
    "a total of the write-ups": ("assignment.toml", "writeups = 2", "writeups = 3", "promises 3 points for writeups, and the write-ups"),
    "a cell that is not there": ("assignment.toml", "check_square", "check_squares", "lists the cell 'check_squares_gradient', which"),
    "a cell that is not listed": ("assignment.toml", ', "check_square_gradient"', "", "does not list the graded cell 'check_square_gradient'"),
    "a cell listed twice": ("assignment.toml", '"writeup_square",', '"writeup_square", "writeup_square",', "lists the cell 'writeup_square' 2 times"),
    "a rubric that does not add up": (CHAPTER, "- 1 point: the gradient", "- 2 points: the gradient", "add up to 3 points, and the write-up has 2"),
    "a rubric of nothing": (CHAPTER, 'rubric="square"', 'rubric="squares"', "the rubric of 'writeup_squares' belongs to no write-up"),
    "a write-up that nobody wrote": (CHAPTER, 'check_writeup("writeup_square")', 'check_writeup("writeup_squares")', "and there is no such write-up"),
    "a write-up of which nothing is said": ("writeups.toml", "writeup_square", "writeup_other", "speaks of 'writeup_other', which is no write-up"),
    "a shape of one size": ("writeups.toml", '["N", "1"]', '["N"]', "gives x the shape ['N']; a shape is two sizes"),
    "a shape of numbers": ("writeups.toml", '["N", "1"]', '["N", 1]', "gives x the shape ['N', 1]; a shape is two sizes"),
    "a definition that cannot be read": ("writeups.toml", "x_i^2'", "x_i^{2'", "writeups.toml: writeup_square cannot be read"),
    "TOML that cannot be read": ("writeups.toml", "[writeup_square]", "[writeup_square", "writeups.toml cannot be read"),
    "no hidden cases": ("hidden/square_gradient.py", "def hidden_cases", "def other_cases", "defines no hidden_cases"),
}  # fmt: skip


@pytest.mark.parametrize("kind", SLIPS)
def test_a_slip_stops_the_build_with_one_sentence_that_names_the_file(kind, slip):
    name, old, new, words = SLIPS[kind]
    said = slip(name, old, new)
    assert words in said and "/assignments/curves/" in said
    assert "\n" not in said


def test_a_write_up_that_is_read_but_not_declared_is_named(course):
    (course / "assignments" / "curves" / "writeups.toml").unlink()
    with pytest.raises(ValueError, match=r"check_writeup\('writeup_square'\), and .*writeups.toml does not say"):
        build(course, say=lambda _: None)
