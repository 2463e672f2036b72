"""The only place that writes results: nbgrader's gradebook, ``autograded/``, ``feedback/`` and ``grades.csv``."""

import os
import shutil
import tempfile
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.apps import NbGraderAPI
from nbgrader.plugins import CsvExportPlugin

from autograder.course.assignment import Assignment
from autograder.course.release import generate, load_config, nbgrader_api, quiet_nbgrader
from autograder.grading.worker import Result


def prepare_gradebook(root: Path, db_url: str, assignments: list[Assignment]) -> NbGraderAPI:
    """The gradebook knows the assignments as they now are. Their release is made again aside, not in ``release/``."""
    config = load_config(root)
    config.CourseDirectory.db_url = db_url
    with tempfile.TemporaryDirectory() as scratch:
        aside = load_config(root)
        aside.merge(config)
        aside.CourseDirectory.release_directory = scratch
        api = nbgrader_api(root, aside)
        for assignment in assignments:
            generate(api, assignment.identifier)
    api = nbgrader_api(root, config)
    with api.gradebook as gradebook:
        for assignment in assignments:
            gradebook.update_or_create_assignment(assignment.identifier, duedate=assignment.due)
    return api


def record(root: Path, api: NbGraderAPI, result: Result) -> None:
    """Put a result into the gradebook, in one transaction, and its files into place.

    A submission that could not be run takes back the automatic points of an earlier one; what a person marked stays.
    """
    identifier, student = result.assignment.identifier, result.student
    with quiet_nbgrader(), api.gradebook as gradebook:
        gradebook.update_or_create_student(student)
        gradebook.update_or_create_submission(identifier, student)
        notebook = gradebook.find_submission_notebook(result.assignment.notebook, identifier, student)
        for grade in notebook.grades:
            cell = result.grades.get(grade.cell.name)
            grade.auto_score = cell.auto_score if cell else 0
            grade.needs_manual_grade = cell.needs_manual_grade if cell else False
        for comment in notebook.comments:
            comment.auto_comment = result.comments.get(comment.cell.name)
        gradebook.db.commit()
    for step, files in (("autograded", result.autograded), ("feedback", result.feedback)):
        _replace(root / step / student / identifier, files)


def is_recorded(api: NbGraderAPI, student: str, assignment_id: str) -> bool:
    """Whether the gradebook has a submission."""
    with api.gradebook as gradebook:
        try:
            gradebook.find_submission(assignment_id, student)
        except MissingEntry:
            return False
    return True


def has_submissions(database: Path) -> bool:
    """Whether a gradebook holds any marks."""
    with Gradebook(f"sqlite:///{database}") as gradebook:
        return any(assignment.num_submissions for assignment in gradebook.assignments)


def export(root: Path, gradebook: Gradebook) -> None:
    """Write ``grades.csv`` as ``nbgrader export`` does, all of it or nothing."""
    with tempfile.NamedTemporaryFile(dir=root, prefix=".grades", suffix=".csv", delete=False) as new:
        pass
    plugin = CsvExportPlugin()
    plugin.to = new.name
    plugin.export(gradebook)
    os.chmod(new.name, 0o644)
    os.replace(new.name, root / "grades.csv")


def _replace(folder: Path, files: dict[str, bytes]) -> None:
    """Put files into a folder that appears complete or not at all."""
    if not files:
        shutil.rmtree(folder, ignore_errors=True)
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    # nbgrader takes every folder that does not begin with a dot for an assignment.
    new = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".new-"))
    for name, content in files.items():
        path = new / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    new.chmod(0o755)
    shutil.rmtree(folder, ignore_errors=True)
    os.replace(new, folder)
