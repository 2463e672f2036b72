"""The build: ``assignments/`` -> ``source/`` -> ``release/`` and ``solutions/``; and the sample class from these."""

import hashlib
import json
import shutil
import tempfile
import tomllib
from collections.abc import Callable
from pathlib import Path

import nbformat

import autograder
from autograder.course.assignment import Assignment, read_assignments
from autograder.course.master import read_master
from autograder.course.release import build_release
from autograder.course.sample import build_sample
from autograder.course.solved import solve
from autograder.course.trial import Trial
from autograder.pages.page import render_offline
from matrix_checks.checks.sealing import SEALED_FILE
from matrix_checks.derivations.values.exercise import FILE as WRITEUPS_FILE
from matrix_checks.derivations.values.exercise import read_exercise

STUDENT_PACKAGES = ("checks", "notebook", "writeups")
BUILT_FOLDERS = ("source", "release", "solutions", "examples/submitted")
INPUTS = ("assignments", "autograder", "examples/students", "nbgrader_config.py", "requirements.txt")
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
    with tempfile.TemporaryDirectory() as scratch:
        build_sample(root / "examples" / "students", destination, assignments, Path(scratch))
        changed += replace_folder(Path(scratch), destination / "examples" / "submitted")
    (destination / FRESH).write_text(_digest_of(root, INPUTS) + _digest_of(destination, BUILT_FOLDERS))
    return changed


def _is_fresh(root: Path, destination: Path) -> bool:
    """Whether neither what the course is built from nor what was built has changed since this machine built it last."""
    note = destination / FRESH
    return note.is_file() and note.read_text() == _digest_of(root, INPUTS) + _digest_of(destination, BUILT_FOLDERS)


def _digest_of(folder: Path, names: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    for name in names:
        for path in [folder / name] if (folder / name).is_file() else files_of(folder / name):
            digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _build_source(assignment: Assignment, folder: Path) -> None:
    folder.mkdir()
    nbformat.write(read_master(assignment.master), folder / f"{assignment.notebook}.ipynb")
    for path in assignment.data_files:
        shutil.copyfile(path, folder / path.name)
    sealed = Trial(assignment).sealed_mistakes()
    (folder / SEALED_FILE).write_text(json.dumps(sealed, indent=1) + "\n", encoding="utf-8")
    _declare_writeups(assignment, folder)
    package = Path(autograder.__file__).parent
    (folder / "autograder").mkdir()
    shutil.copyfile(package / "__init__.py", folder / "autograder" / "__init__.py")
    for name in STUDENT_PACKAGES:
        shutil.copytree(package / name, folder / "autograder" / name, ignore=shutil.ignore_patterns("__pycache__"))


def _declare_writeups(assignment: Assignment, folder: Path) -> None:
    """What the write-ups speak of, in a form that any Python reads; each is tried, so that a slip stops the build."""
    declared = assignment.folder / "writeups.toml"
    if not declared.exists():
        return
    content = tomllib.loads(declared.read_text(encoding="utf-8"))
    for name, exercise in content.items():
        try:
            read_exercise(exercise)
        except (KeyError, ValueError) as error:
            raise ValueError(f"{declared}: {name} cannot be read: {error}.") from error
    (folder / WRITEUPS_FILE).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _build_solution(root, assignment: Assignment, source: Path, destination: Path, force: bool, say) -> list[Path]:
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
    building = Path(__file__).parent
    digest = hashlib.sha256()
    for name in ("figures.py", "sketches.py"):
        digest.update((building.parent / "isolation" / name).read_bytes())
    for base in (source, building, building.parent / "derivatives"):
        for path in files_of(base):
            digest.update(str(path.relative_to(base)).encode() + b"\0" + path.read_bytes() + b"\0")
    digest.update((root / "requirements.txt").read_bytes())
    return digest.hexdigest()


def _built_from(notebook: Path) -> str | None:
    if not notebook.exists() or not notebook.with_suffix(".html").exists():
        return None
    return nbformat.read(notebook, as_version=4).metadata.get("course", {}).get("built_from")


def replace_folder(built: Path, target: Path) -> list[Path]:
    """Make ``target`` equal to ``built``, touching only files that differ; returns the paths written or removed."""
    changed = []
    wanted = {path.relative_to(built) for path in files_of(built)}
    for relative in sorted(wanted):
        old, new = target / relative, (built / relative).read_bytes()
        if not old.exists() or old.read_bytes() != new:
            old.parent.mkdir(parents=True, exist_ok=True)
            old.write_bytes(new)
            changed.append(old)
    for path in files_of(target) if target.exists() else []:
        if path.relative_to(target) not in wanted:
            path.unlink()
            changed.append(path)
    return changed


def files_of(folder: Path) -> list[Path]:
    """All files below a folder, sorted, without Python's and Jupyter's own caches."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not {"__pycache__", ".ipynb_checkpoints"} & set(path.relative_to(folder).parts)
    )
