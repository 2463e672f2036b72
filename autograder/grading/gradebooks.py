"""nbgrader's gradebook: where it is, opening it, and telling it of the assignments as they now are."""

import contextlib
import sqlite3
import tempfile
from itertools import takewhile
from pathlib import Path
from typing import Any

import nbformat
import nbgrader.api
from nbgrader import utils
from nbgrader.api import BaseCell, Gradebook, MissingEntry, Notebook, SubmittedAssignment, SubmittedNotebook
from nbgrader.apps import NbGraderAPI
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import SaveCells
from sqlalchemy import create_engine, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Query
from traitlets.config import Config

from autograder.course.assignment import Assignment
from autograder.course.course import Course
from autograder.course.release import generate, nbgrader_api, quiet_nbgrader


def sqlite_file(db_url: str) -> Path | None:
    """The file of a gradebook in SQLite; ``None`` for one on a server."""
    url = make_url(db_url)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


class NoGradebook(RuntimeError):
    """A gradebook cannot be opened; the message says which, why, and what to do."""


def require_gradebook(db_url: str) -> None:
    """Raise :class:`NoGradebook` where a gradebook that should be there cannot be opened. One in a file is made if it is not there."""
    shown, why = db_url, ""
    try:
        url = make_url(db_url)
        shown = url.render_as_string(hide_password=True)
        file = sqlite_file(db_url)
        if file is None or file.exists():
            engine = create_engine(url)
            with engine.connect() as connection:
                inspect(connection).get_table_names()
            engine.dispose()
    except ModuleNotFoundError as error:
        why = f"its driver is not installed ({error.name}): .venv/bin/pip install {error.name}"
    except SQLAlchemyError as error:
        why = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
    if why:
        raise NoGradebook(
            f"The gradebook {shown} cannot be opened: {why}. Put a copy of it back, or correct c.CourseDirectory.db_url in nbgrader_config.py."
        )


def has_submissions(course: Course, db_url: str) -> bool:
    """Whether a gradebook exists and holds any marks."""
    file = sqlite_file(db_url)
    if file is not None and not file.exists():
        return False
    with course.api(db_url).gradebook as gradebook:
        return any(assignment.num_submissions for assignment in gradebook.assignments)


def open_gradebook(course: Course, db_url: str, assignments: list[Assignment]) -> NbGraderAPI:
    """nbgrader's interface with a gradebook that knows the assignments as they now are.

    Parameters
    ----------
    course
        Releases are made again aside, not in ``release/``.
    db_url
        The gradebook.
    assignments
        What it should know; it is told of those that have other cells than it knows.
    """
    api, config = course.api(db_url), course.config_with(db_url)
    unknown = [assignment for assignment in assignments if not _knows(api, config, assignment)]
    with tempfile.TemporaryDirectory() as scratch:
        config.CourseDirectory.release_directory = scratch
        telling = nbgrader_api(course.root, config)
        for assignment in unknown:
            generate(telling, assignment.identifier)
    with api.gradebook as gradebook:
        for assignment in assignments:
            gradebook.update_or_create_assignment(assignment.identifier, duedate=assignment.due)
    return api


def left_behind(course: Course, db_url: str) -> str:
    """A sentence, where the gradebook is empty and the one in the folder of the course, of which it took the place, is not."""
    own = course.root / "gradebook.db"
    file = sqlite_file(db_url)
    if not own.is_file() or (file is not None and file.resolve() == own.resolve()) or has_submissions(course, db_url):
        return ""
    try:
        with contextlib.closing(sqlite3.connect(f"{own.as_uri()}?mode=ro", uri=True)) as connection:
            (number,) = connection.execute("SELECT count(*) FROM submitted_assignment").fetchone()
    except sqlite3.Error:
        return ""
    shown = make_url(db_url).render_as_string(hide_password=True)
    if not number:
        return ""
    return f"The gradebook {shown} is empty, but gradebook.db holds marks of {number} submissions: `make carry FROM=gradebook.db` carries them over."


def for_workers(course: Course, db_url: str) -> bytes:
    """An SQLite gradebook that knows the assignments, as bytes: a copy of the course's own, or a new one if that is on a server."""
    file = sqlite_file(db_url)
    if file is not None:
        return copy_of(file)
    with tempfile.TemporaryDirectory() as scratch:
        open_gradebook(course, f"sqlite:///{scratch}/gradebook.db", course.assignments)
        return copy_of(Path(scratch) / "gradebook.db")


def rows(gradebook: Gradebook, kind: Any, notebook: SubmittedNotebook) -> list[tuple]:
    """The rows of a submitted notebook, of nbgrader's kind ``Grade`` or ``Comment``, each with the ``grade_id`` of its cell."""
    query = gradebook.db.query(kind, BaseCell.name).join(BaseCell, kind.cell_id == BaseCell.id)
    return query.filter(kind.notebook_id == notebook.id).all()


def of_submissions(query: Query, assignment: Assignment, student: str | None = None) -> Query:
    """A query that has :class:`~nbgrader.api.SubmittedNotebook`, for the submissions of an assignment only, or for that of one student.

    It has ``SubmittedAssignment`` and nbgrader's ``Assignment`` then, too.
    """
    query = (
        query.join(Notebook, SubmittedNotebook.notebook_id == Notebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(nbgrader.api.Assignment, SubmittedAssignment.assignment_id == nbgrader.api.Assignment.id)
        .filter(nbgrader.api.Assignment.name == assignment.identifier, Notebook.name == assignment.notebook)
    )
    return query if student is None else query.filter(SubmittedAssignment.student_id == student)


def copy_of(database: Path) -> bytes:
    """A consistent copy of an SQLite gradebook, as bytes."""
    with sqlite3.connect(database) as connection:
        return connection.serialize()


def _knows(api: NbGraderAPI, config: Config, assignment: Assignment) -> bool:
    """Whether a gradebook was told of an assignment as it is now, here or by ``nbgrader generate_assignment``."""
    with api.gradebook as gradebook:
        try:
            notebook = gradebook.find_notebook(assignment.notebook, assignment.identifier)
        except MissingEntry:
            return False
        known = (
            {cell.name: (cell.cell_type, cell.locked, cell.source, cell.checksum) for cell in notebook.source_cells},
            {cell.name: cell.max_score for cell in notebook.grade_cells},
            {cell.name: cell.max_score for cell in notebook.task_cells},
            {cell.name for cell in notebook.solution_cells},
        )
    try:
        cells = _cells_as_saved(api, config, assignment)
    except Exception:  # Whatever is wrong with the notebook, nbgrader says it when it is told of the assignment.
        return False
    by_name = {cell.metadata.nbgrader["grade_id"]: cell for cell in cells}
    return known == (
        {
            name: (cell.cell_type, utils.is_locked(cell), cell.source, cell.metadata.nbgrader.get("checksum"))
            for name, cell in by_name.items()
        },
        {name: float(cell.metadata.nbgrader["points"]) for name, cell in by_name.items() if utils.is_grade(cell)},
        {name: float(cell.metadata.nbgrader["points"]) for name, cell in by_name.items() if utils.is_task(cell)},
        {name for name, cell in by_name.items() if utils.is_solution(cell)},
    )


def _cells_as_saved(api: NbGraderAPI, config: Config, assignment: Assignment) -> list[nbformat.NotebookNode]:
    """The cells that nbgrader saves in the gradebook for an assignment, as its preprocessors leave them until then."""
    converter = GenerateAssignment(coursedir=api.coursedir, config=config)
    path = Path(
        api.coursedir.format_path(api.coursedir.source_directory, ".", assignment.identifier), f"{assignment.notebook}.ipynb"
    )
    resources = {
        "unique_key": assignment.notebook,
        "nbgrader": {
            "student": ".",
            "assignment": assignment.identifier,
            "notebook": assignment.notebook,
            "db_url": api.coursedir.db_url,
        },
    }
    notebook = nbformat.read(path, as_version=4)
    with quiet_nbgrader():
        for kind in takewhile(lambda kind: kind is not SaveCells, converter.preprocessors):
            preprocess = kind(parent=converter)
            preprocess.enabled = True
            notebook, resources = preprocess(notebook, resources)
    wanted = (utils.is_grade, utils.is_solution, utils.is_locked, utils.is_task)
    return [cell for cell in notebook.cells if any(matches(cell) for matches in wanted)]
