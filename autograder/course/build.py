"""The build: ``assignments/`` -> ``source/`` -> ``release/`` and ``solutions/``; and the sample class from these."""

import json
import shutil
import tempfile
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat

from autograder.course.assignment import Assignment, read_assignments
from autograder.course.consistency import require_consistent, require_shapes
from autograder.course.defence import read_defence
from autograder.course.master import read_master
from autograder.course.models import check_models
from autograder.course.oral import add_oral_defence
from autograder.course.practice import FOLDER as PRACTICE
from autograder.course.practice import build_practice, has_practice
from autograder.course.release import build_release
from autograder.course.sample import build_sample
from autograder.course.solved import solve
from autograder.course.student_wheel import write_student_wheel
from autograder.course.trial import Trial
from autograder.files import digest_of, replace_folder
from autograder.pages.page import render_offline
from matrix_checks.checks.sealing import SEALED_FILE
from matrix_checks.derivations.values.declared_exercises import FILE as WRITEUPS_FILE
from matrix_checks.derivations.values.declared_exercises import read_exercise, read_exercises

BUILT_FOLDERS = ("source", "release", "solutions", "examples/submitted")
INPUTS = ("assignments", "practice", "autograder", "matrix_checks", "examples/students", "nbgrader_config.py", "requirements.txt")
FRESH = ".built"


def build(root: Path, *, destination: Path | None = None, force: bool = False, say: Callable[[str], None] = print) -> list[Path]:
    """Build every assignment.

    Parameters
    ----------
    root
        The course.
    destination
        Where the built folders go; the course itself if not given.
    force
        Execute the solved notebooks even where nothing that they are built from has changed.
    say
        Told of each step.

    Returns
    -------
    list of pathlib.Path
        The files that were written or removed; empty when everything was fresh.
    """
    destination = destination or root
    if not force and _is_fresh(root, destination):
        return []
    changed: list[Path] = []
    assignments = read_assignments(root)
    for assignment in assignments:
        with tempfile.TemporaryDirectory() as scratch:
            built = Path(scratch)
            source = built / "source"
            _build_source(assignment, source)
            changed += replace_folder(source, destination / "source" / assignment.identifier)
            build_release(root, source, assignment.identifier, built / "release")
            changed += replace_folder(built / "release", destination / "release" / assignment.identifier)
            changed += _build_solution(root, assignment, source, destination, force, say)
    if has_practice(root):
        with tempfile.TemporaryDirectory() as scratch:
            build_practice(root, Path(scratch) / "release")
            changed += replace_folder(Path(scratch) / "release", destination / "release" / PRACTICE)
    with tempfile.TemporaryDirectory() as scratch:
        build_sample(root / "examples" / "students", destination, assignments, Path(scratch))
        changed += replace_folder(Path(scratch), destination / "examples" / "submitted")
    (destination / FRESH).write_text(state_of(root, destination))
    return changed


def _is_fresh(root: Path, destination: Path) -> bool:
    """Whether neither what the course is built from nor what was built has changed since this machine built it last."""
    note = destination / FRESH
    return note.is_file() and note.read_text() == state_of(root, destination)


def state_of(root: Path, destination: Path) -> str:
    """The digests of what the course is built from, and of what was built."""
    inputs, built = (root / name for name in INPUTS), (destination / name for name in BUILT_FOLDERS)
    return digest_of(root, inputs) + digest_of(destination, built)


def _build_source(assignment: Assignment, folder: Path) -> None:
    folder.mkdir()
    notebook = read_master(assignment.master)
    writeups = _read_writeups(assignment)
    require_consistent(assignment, notebook, writeups)
    add_oral_defence(notebook, assignment)
    read_defence(assignment)  # a slip in it stops the build
    nbformat.write(notebook, folder / f"{assignment.notebook}.ipynb")
    for path in assignment.data_files:
        shutil.copyfile(path, folder / path.name)
    sealed = Trial(assignment).sealed_mistakes()
    (folder / SEALED_FILE).write_text(json.dumps(sealed, indent=1) + "\n", encoding="utf-8")
    if writeups:
        (folder / WRITEUPS_FILE).write_text(json.dumps(writeups, indent=1) + "\n", encoding="utf-8")
        check_models(assignment.master, notebook, read_exercises(folder / WRITEUPS_FILE))
    write_student_wheel(folder)


def _read_writeups(assignment: Assignment) -> dict[str, Any]:
    """What the write-ups speak of; each is tried, so that a slip stops the build."""
    declared = assignment.folder / "writeups.toml"
    if not declared.exists():
        return {}
    try:
        content = tomllib.loads(declared.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{declared} cannot be read: {error}.") from error
    for name, exercise in content.items():
        require_shapes(assignment, name, exercise)
        try:
            read_exercise(exercise)
        except (KeyError, ValueError) as error:
            raise ValueError(f"{declared}: {name} cannot be read: {error}.") from error
    return content


def _build_solution(
    root: Path, assignment: Assignment, source: Path, destination: Path, force: bool, say: Callable[[str], None]
) -> list[Path]:
    folder = destination / "solutions" / assignment.identifier
    digest = _digest(root, source)
    if not force and _built_from(folder / f"{assignment.notebook}.ipynb") == digest:
        return []
    say(f"{assignment.title}: running the solved notebook")
    solved = solve(source / f"{assignment.notebook}.ipynb", digest)
    with tempfile.TemporaryDirectory() as scratch:
        nbformat.write(solved, Path(scratch) / f"{assignment.notebook}.ipynb")
        page = render_offline(solved)
        (Path(scratch) / f"{assignment.notebook}.html").write_text(page, encoding="utf-8")
        return replace_folder(Path(scratch), folder)


def _digest(root: Path, source: Path) -> str:
    """Of everything that a solved page depends on: its source, the build, the right answers, the figures' names, the libraries."""
    package = Path(__file__).parent.parent
    building = [
        package / "course",
        package / "pages",
        package / "derivatives",
        package / "sandbox" / "figures.py",
        package / "sandbox" / "name_figures.py",
        package / "sandbox" / "sketches.py",
    ]
    return digest_of(package, building) + digest_of(source, [source]) + digest_of(root, [root / "requirements.txt"])


def _built_from(notebook: Path) -> str | None:
    if not notebook.exists() or not notebook.with_suffix(".html").exists():
        return None
    return nbformat.read(notebook, as_version=4).metadata.get("course", {}).get("built_from")
