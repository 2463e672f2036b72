"""The students' package is one file: the same bytes everywhere, read by Python and by pip as it is."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.course import student_wheel
from autograder.course.student_wheel import WHEEL, write_student_wheel
from tests.conftest import KNOWN, ROOT, notebook_of, read_notebook, read_wheel

OUTSIDE = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


@pytest.fixture
def wheel(tmp_path) -> Path:
    write_student_wheel(tmp_path)
    return tmp_path / WHEEL


# A student's Python does not know the course, which the instructor's environment finds where it lies.
WITHOUT_COURSE = "import os, sys; sys.path = [path for path in sys.path if not os.path.isdir(f'{path}/matrix_checks')]\n"


def run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    code = WITHOUT_COURSE + code
    return subprocess.run([sys.executable, "-I", "-c", code], cwd=folder, env=OUTSIDE, capture_output=True, text=True)


def first_cell(assignment) -> str:
    cells = read_notebook(notebook_of("release", assignment)).cells
    return next(cell.source for cell in cells if cell.cell_type == "code" and "WHEEL" in cell.source)


def test_it_has_the_same_bytes_whenever_and_under_whatever_mask_it_is_written(wheel, tmp_path, monkeypatch):
    before = os.umask(0o077)
    try:
        again = tmp_path / "again"
        again.mkdir()
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
        write_student_wheel(again)
    finally:
        os.umask(before)
    assert (again / WHEEL).read_bytes() == wheel.read_bytes()


def test_a_cache_that_a_tool_left_in_the_package_is_no_part_of_it(wheel, tmp_path, monkeypatch):
    package = tmp_path / "matrix_checks"
    shutil.copytree(ROOT / "matrix_checks", package)
    for cache in (".mypy_cache", ".hypothesis", "__pycache__/nested"):
        (package / "derivations" / cache).mkdir(parents=True)
        (package / "derivations" / cache / "cache.db").write_bytes(b"of this machine")
    monkeypatch.setattr(student_wheel, "_PACKAGE", package)
    again = tmp_path / "again"
    again.mkdir()
    write_student_wheel(again)
    assert read_wheel(again / WHEEL).keys() == read_wheel(wheel).keys()


def test_it_holds_the_package_and_nothing_of_the_instructors(wheel):
    names = read_wheel(wheel)
    assert {name.split("/")[0] for name in names} == {"matrix_checks", "matrix_checks-1.0.dist-info"}
    assert {f"matrix_checks/{path.relative_to(ROOT / 'matrix_checks')}" for path in (ROOT / "matrix_checks").rglob("*.py")} <= set(
        names
    )
    assert not any(re.search(rb"^\s*(from|import) autograder", content, flags=re.MULTILINE) for content in names.values())


def test_python_imports_from_the_file_without_installing_it(wheel):
    code = (
        f"import sys; sys.path.insert(0, {str(wheel)!r}); import matrix_checks; print(matrix_checks.__file__); matrix_checks.Check"
    )
    done = run(code, wheel.parent)
    assert done.stderr == "" and done.stdout.strip() == f"{wheel}/matrix_checks/__init__.py"


def test_pip_takes_it_for_what_it_is(wheel):
    target = wheel.parent / "installed"
    options = ["--no-deps", "--no-index", "--quiet", "--disable-pip-version-check", "--target", str(target)]
    subprocess.run([sys.executable, "-m", "pip", "install", *options, str(wheel)], check=True)
    code = (
        f"import sys; sys.path.insert(0, {str(target)!r}); from importlib.metadata import version; print(version('matrix-checks'))"
    )
    assert run(code, wheel.parent).stdout.strip() == "1.0"


def test_the_notebook_names_the_wheel_that_is_built(assignment):
    assert f'WHEEL = "{WHEEL}"' in first_cell(assignment)


def test_the_first_cell_says_what_must_lie_beside_the_notebook(assignment, tmp_path):
    done = run(first_cell(assignment), tmp_path)
    wanted = f"Copy {WHEEL} beside this notebook, from the folder in which it came, and run this cell again."
    assert done.stderr.strip().splitlines()[-1] == f"ModuleNotFoundError: {wanted}"


COLAB = """
import shutil, sys, types
google, colab, files = types.ModuleType("google"), types.ModuleType("google.colab"), types.ModuleType("google.colab.files")
files.upload = lambda: shutil.copy({wheel!r}, ".")
google.colab, colab.files = colab, files
sys.modules.update({{"google": google, "google.colab": colab, "google.colab.files": files}})
"""


def test_in_colab_the_first_cell_asks_for_the_wheel_and_the_data(assignment, wheel, tmp_path):
    folder = tmp_path / "colab"
    folder.mkdir()
    again = "print(check_writeup.__module__, len(sys.path) > 0)"
    code = "\n".join([COLAB.format(wheel=str(wheel)), first_cell(assignment), again])
    done = run(code, folder)
    assert done.stderr == ""
    asked, imported = done.stdout.splitlines()
    data = [path.name for path in assignment.data_files if path.suffix != ".md"]
    files = f"{WHEEL} and {', '.join(data)}" if data else WHEEL
    assert asked == f"Choose {files}, from the folder in which this notebook came."
    assert imported.startswith("matrix_checks.")


def test_every_sentence_of_a_diagnosis_stays_sealed_beside_the_wheel(assignment):
    sealed = json.loads((ROOT / "release" / assignment.identifier / "mistakes.json").read_text())
    assert all(set(of_function) == {"probes", "mistakes"} for of_function in sealed.values())
    mistakes = [each for of_function in sealed.values() for each in of_function["mistakes"]]
    assert mistakes and all(set(each) == {"lock", "text"} for each in mistakes)
    if assignment.identifier in KNOWN:
        assert any(of_function["probes"] for of_function in sealed.values())


def test_the_first_cell_does_not_load_the_reader_of_derivations(wheel):
    said = run(f"import sys; sys.path.insert(0, '{wheel}'); import matrix_checks; print(*sys.modules)", wheel.parent).stdout.split()
    assert "matrix_checks.notebook" in said
    assert not [name for name in said if "derivations.judging" in name]
