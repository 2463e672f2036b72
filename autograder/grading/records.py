"""The only place that writes what grading found: nbgrader's gradebook, ``autograded/``, ``feedback/``, ``history/`` and ``grades.csv``."""

import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

from nbgrader.api import Comment, Grade, Gradebook
from nbgrader.apps import NbGraderAPI

from autograder.course.release import quiet_nbgrader
from autograder.course.student_wheel import WHEEL
from autograder.grading.exporting import SafeCsvExportPlugin
from autograder.grading.gradebooks import rows
from autograder.grading.lateness import UNKNOWN, Handed, assign_penalty
from autograder.grading.locks import silent_nbgrader
from autograder.grading.results import Result
from autograder.grading.work import HISTORY, LATEST, PREVIOUS, Work, from_json


def record(root: Path, api: NbGraderAPI, result: Result, handed: Handed = UNKNOWN) -> None:
    """Put a result into the gradebook, in one transaction, and its files into place.

    A submission that could not be run takes back the automatic points of an earlier one; what a person marked stays.
    """
    identifier, student = result.assignment.identifier, result.student
    with quiet_nbgrader(), silent_nbgrader(), api.gradebook as gradebook:
        gradebook.update_or_create_student(student)
        gradebook.update_or_create_submission(identifier, student, timestamp=handed.timestamp, extension=handed.extension)
        notebook = gradebook.find_submission_notebook(result.assignment.notebook, identifier, student)
        notebook.late_submission_penalty = result.penalty
        for grade, name in rows(gradebook, Grade, notebook):
            cell = result.grades.get(name)
            if cell is not None:
                grade.auto_score, grade.needs_manual_grade = cell.auto_score, cell.needs_manual_grade
            elif grade.manual_score is None:
                grade.auto_score, grade.needs_manual_grade = 0, False
        for comment, name in rows(gradebook, Comment, notebook):
            comment.auto_comment = result.comments.get(name)
        gradebook.db.commit()
    if not result.graded:
        # Nobody has taken anything off what a person gave for an earlier submission.
        assign_penalty(api, result.assignment, student)
    autograded = {**_wheel(root / "source" / identifier), **result.autograded} if result.autograded else {}
    put_in_place(root / "autograded" / student / identifier, autograded)
    put_in_place(root / "feedback" / student / identifier, result.feedback)
    keep(root / HISTORY / student / identifier, result.work or Work(student, identifier, False, tuple(result.remarks)).to_json())


def keep(folder: Path, work: bytes) -> None:
    """Keep what was found in a submission, and what was found in the one before where that was another.

    That grading took longer this time makes no other version.
    """
    latest, previous = folder / LATEST, folder / PREVIOUS
    folder.mkdir(parents=True, exist_ok=True)
    before = latest.read_bytes() if latest.is_file() else work
    if before != work and not _is_same(before, work):
        _replace(previous, before)
    _replace(latest, work)


def _is_same(before: bytes, work: bytes) -> bool:
    try:
        return from_json(before) == from_json(work)
    except ValueError:
        return False


def _replace(file: Path, content: bytes) -> None:
    new = file.with_suffix(".new")
    new.write_bytes(content)
    os.replace(new, file)


def export(root: Path, gradebook: Gradebook) -> None:
    """Write ``grades.csv`` as ``nbgrader export`` does, all of it or nothing."""
    with tempfile.NamedTemporaryFile(dir=root, prefix=".grades", suffix=".csv", delete=False) as new:
        pass
    try:
        plugin = SafeCsvExportPlugin()
        plugin.to = new.name
        plugin.export(gradebook)
        os.chmod(new.name, 0o644)
        os.replace(new.name, root / "grades.csv")
    finally:
        Path(new.name).unlink(missing_ok=True)


@cache
def _wheel(source: Path) -> dict[str, bytes]:
    """The students' package, without which no cell of an autograded notebook could be run again."""
    return {WHEEL: (source / WHEEL).read_bytes()}


def put_in_place(folder: Path, files: dict[str, bytes]) -> None:
    """Put files into a folder that appears complete or not at all."""
    if not files:
        shutil.rmtree(folder, ignore_errors=True)
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    # nbgrader takes every folder that does not begin with a dot for an assignment.
    new = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".new-"))
    before = new.with_name(f"{new.name}-before")
    try:
        for inside in sorted({os.path.dirname(name) for name in files} - {""}):
            os.makedirs(new / inside, exist_ok=True)
        for name, content in files.items():
            with open(f"{new}/{name}", "xb") as file:
                file.write(content)
        new.chmod(0o755)
        if folder.exists():
            os.rename(folder, before)
        os.replace(new, folder)
    except OSError:
        shutil.rmtree(new, ignore_errors=True)
        if before.exists() and not folder.exists():
            os.rename(before, folder)
        raise
    shutil.rmtree(before, ignore_errors=True)
