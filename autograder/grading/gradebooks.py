"""nbgrader's gradebook: where it is, opening it quickly, and telling it of the assignments as they now are."""

import sqlite3
import tempfile
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import nbgrader.api
from jsonschema.exceptions import best_match
from jsonschema.validators import validator_for
from nbgrader.api import BaseCell, Comment, Grade, Gradebook, MissingEntry, SubmittedNotebook
from nbgrader.apps import NbGraderAPI
from nbgrader.nbgraderformat import common
from sqlalchemy import create_engine, event, inspect
from sqlalchemy.engine import Engine, Inspector, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import sessionmaker

from autograder.course.assignment import Assignment
from autograder.course.release import generate, load_config, nbgrader_api


def quicken(lasting: bool = True) -> None:
    """Spare nbgrader, in this process, work that it would do again for every submission; what it does stays the same.

    It opens its gradebook a dozen times a submission, each time with an engine that has to compile the same queries anew, and
    checks its own schema of the cells' metadata for every cell.

    Parameters
    ----------
    lasting
        Whether the gradebooks opened here must survive a power cut; a worker's copies need not.
    """

    @cache
    def cached_engine(*arguments, **options):
        engine = original(*arguments, **options)
        if not lasting:
            event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = OFF"))
            # nbgrader disposes of it whenever it closes a gradebook.
            engine.dispose = lambda: None
        return engine

    original = getattr(nbgrader.api.create_engine, "original", nbgrader.api.create_engine)
    cached_engine.original = original
    nbgrader.api.create_engine = cached_engine
    nbgrader.api.get_alembic_version = _schema_version
    _make_tables_once()
    if not lasting:
        # A worker's copy has its course, and the cells of its notebooks, and keeps them.
        Gradebook.check_course = lambda gradebook, course_id="": None
        for name in ("find_source_cell", "find_graded_cell"):
            setattr(Gradebook, name, _asked_once(getattr(Gradebook, name)))
        # One query for all cells of a notebook instead of one for each, after every change of any.
        nbgrader.api.sessionmaker = partial(sessionmaker, expire_on_commit=False)
        Gradebook.find_grade, Gradebook.find_comment = _found_together(Grade), _found_together(Comment)
    common.jsonschema = _CompiledSchemas


def _make_tables_once() -> None:
    """Look for a gradebook's tables, and make those that are missing, only when it is opened first."""
    made: dict[Engine, Inspector] = {}
    create_all = nbgrader.api.Base.metadata.__class__.create_all

    def inspect_once(engine: Engine) -> Inspector:
        return made[engine] if engine in made else inspect(engine)

    def create_once(bind: Engine) -> None:
        if bind not in made:
            create_all(nbgrader.api.Base.metadata, bind)
            made[bind] = inspect(bind)

    nbgrader.api.inspect, nbgrader.api.Base.metadata.create_all = inspect_once, create_once


def _asked_once(find: Callable) -> Callable:
    """A query of nbgrader's about the instructor's notebook, which stays as it is while a worker lives."""
    found: dict[tuple[str, ...], Any] = {}

    def find_once(self: Gradebook, name: str, notebook: str, assignment: str) -> Any:
        key = (str(self.engine.url), name, notebook, assignment)
        if key not in found:
            found[key] = find(self, name, notebook, assignment)
            # It outlives the session in which it was found.
            self.db.expunge(found[key])
        return found[key]

    return find_once


def _found_together(kind: type) -> Callable:
    """nbgrader's query for a cell's ``Grade`` or ``Comment``, answered from those of the whole notebook while a gradebook is open."""

    def find(self: Gradebook, name: str, notebook: str, assignment: str, student: str) -> Any:
        found = self.__dict__.setdefault("found_together", {})
        key = (kind, notebook, assignment, student)
        if key not in found:
            own = self.find_submission_notebook(notebook, assignment, student)
            found[key] = {cell: row for row, cell in rows(self, kind, own)}
        if name not in found[key]:
            raise MissingEntry(f"No such {kind.__name__.lower()}: {assignment}/{notebook}/{name} for {student}")
        return found[key][name]

    return find


@cache
def _schema_version() -> str:
    """The version of nbgrader's tables; nbgrader itself starts another Python to be told."""
    # Only a new gradebook asks for it, and the import takes a while.
    from alembic.script import ScriptDirectory

    return ScriptDirectory(str(Path(nbgrader.api.__file__).parent / "alembic")).get_current_head()


class _CompiledSchemas:
    """Stands for the module ``jsonschema`` where nbgrader calls it: the same verdicts, with the schema checked once."""

    _schema, _validator = None, None

    @classmethod
    def validate(cls, instance, schema) -> None:
        if cls._schema is not schema:
            kind = validator_for(schema)
            kind.check_schema(schema)
            cls._schema, cls._validator = schema, kind(schema)
        error = best_match(cls._validator.iter_errors(instance))
        if error is not None:
            raise error


def course_db_url(root: Path) -> str:
    """The gradebook of the course: nbgrader's own setting ``CourseDirectory.db_url``, or ``gradebook.db`` beside it."""
    return load_config(root).CourseDirectory.get("db_url") or f"sqlite:///{root / 'gradebook.db'}"


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


def has_submissions(root: Path, db_url: str) -> bool:
    """Whether a gradebook exists and holds any marks."""
    file = sqlite_file(db_url)
    if file is not None and not file.exists():
        return False
    config = load_config(root)
    config.CourseDirectory.db_url = db_url
    with nbgrader_api(root, config).gradebook as gradebook:
        return any(assignment.num_submissions for assignment in gradebook.assignments)


def open_gradebook(root: Path, db_url: str, assignments: list[Assignment], fresh: bool) -> NbGraderAPI:
    """nbgrader's interface with a gradebook that knows the assignments.

    Parameters
    ----------
    root
        The course. Releases are made again aside, not in ``release/``.
    db_url
        The gradebook.
    assignments
        What it should know.
    fresh
        Whether it was told of the assignments as they now are.
    """
    config = load_config(root)
    config.CourseDirectory.db_url = db_url
    api = nbgrader_api(root, config)
    if not (fresh and _knows(api, assignments)):
        with tempfile.TemporaryDirectory() as scratch:
            aside = load_config(root)
            aside.merge(config)
            aside.CourseDirectory.release_directory = scratch
            telling = nbgrader_api(root, aside)
            for assignment in assignments:
                generate(telling, assignment.identifier)
    with api.gradebook as gradebook:
        for assignment in assignments:
            gradebook.update_or_create_assignment(assignment.identifier, duedate=assignment.due)
    return api


def for_workers(root: Path, db_url: str, assignments: list[Assignment]) -> bytes:
    """An SQLite gradebook that knows the assignments, as bytes: a copy of the course's own, or a new one if that is on a server."""
    file = sqlite_file(db_url)
    if file is not None:
        return copy_of(file)
    with tempfile.TemporaryDirectory() as scratch:
        open_gradebook(root, f"sqlite:///{scratch}/gradebook.db", assignments, fresh=False)
        return copy_of(Path(scratch) / "gradebook.db")


def rows(gradebook: Gradebook, kind: type, notebook: SubmittedNotebook) -> list[tuple]:
    """The rows of a submitted notebook, of nbgrader's kind ``Grade`` or ``Comment``, each with the ``grade_id`` of its cell."""
    query = gradebook.db.query(kind, BaseCell.name).join(BaseCell, kind.cell_id == BaseCell.id)
    return query.filter(kind.notebook_id == notebook.id).all()


def copy_of(database: Path) -> bytes:
    """A consistent copy of an SQLite gradebook, as bytes."""
    with sqlite3.connect(database) as connection:
        return connection.serialize()


def _knows(api: NbGraderAPI, assignments: list[Assignment]) -> bool:
    with api.gradebook as gradebook:
        try:
            return all(gradebook.find_notebook(each.notebook, each.identifier).grade_cells for each in assignments)
        except MissingEntry:
            return False
