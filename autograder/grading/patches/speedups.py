"""Patches of nbgrader for speed: its work for a submission, done again and again, is done once.

Two dozen names of nbgrader, nbconvert, nbformat and SQLAlchemy are replaced, so this is for versions of nbgrader that the tests know. With any other
nothing is patched, and grading takes about a third longer.
"""

import json
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import nbgrader.api
from jsonschema.exceptions import best_match
from jsonschema.validators import validator_for
from nbgrader.api import Comment, Grade, Gradebook, MissingEntry
from nbgrader.nbgraderformat import common
from sqlalchemy import event, inspect
from sqlalchemy.engine import Engine, Inspector
from sqlalchemy.orm import Session, sessionmaker

from autograder.grading.gradebooks import rows
from autograder.grading.patches.fast_conversions import make_conversions_fast
from autograder.grading.patches.fast_notebooks import make_notebooks_fast
from autograder.grading.patches.fast_submissions import add_quickly
from autograder.grading.patches.one_session import share_sessions

# A course has a few hundred cells; what a student may have put into the metadata is kept no longer than this.
MAXIMAL_VALID, MAXIMAL_VALID_TEXT = 2_000, 2_000
KNOWN_VERSIONS = ("0.9.6",)
_CREATE_ENGINE = nbgrader.api.create_engine
_CHECK_COURSE = Gradebook.check_course
# For a worker's copy of a gradebook, which nobody misses.
UNSAFE = "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY;"


def speed_up_nbgrader(lasting: bool = True, say: Callable[[str], None] | None = None) -> None:
    """Spare nbgrader, in this process, work that it would do again for every submission; what it does stays the same.

    It opens its gradebook a dozen times a submission, each time with an engine that has to compile the same queries anew, copies
    its notebook a dozen times, and checks its own schema of the cells' metadata for every cell.

    Parameters
    ----------
    lasting
        Whether the gradebooks opened here must survive a power cut; a worker's copies need not.
    say
        Told in one line where this version of nbgrader is not known, and nothing is patched.
    """
    if nbgrader.__version__ not in KNOWN_VERSIONS:
        if say is not None:
            say(
                f"nbgrader {nbgrader.__version__} is used as it is, without the patches for speed: {' and '.join(KNOWN_VERSIONS)} is known."
            )
        return
    nbgrader.api.create_engine = _engine_kept(lasting)
    nbgrader.api.get_alembic_version = _schema_version
    _make_tables_once()
    Gradebook.check_course = _checked_once()
    Gradebook.add_submission = add_quickly()
    if not lasting:
        # A worker's copy has the cells of its notebooks, and keeps them.
        for name in ("find_source_cell", "find_graded_cell"):
            setattr(Gradebook, name, _asked_once(getattr(Gradebook, name)))
        # One query for all cells of a notebook instead of one for each, after every change of any.
        nbgrader.api.sessionmaker = partial(sessionmaker, class_=_CommittedAtTheEnd, expire_on_commit=False)
        share_sessions()
        Gradebook.find_grade, Gradebook.find_comment = _found_together(Grade), _found_together(Comment)
    common.jsonschema = _CompiledSchemas
    common.BaseMetadataValidator.__init__ = _with_known_schema
    make_notebooks_fast()
    make_conversions_fast()


def _engine_kept(lasting: bool) -> Callable[..., Engine]:
    """``create_engine``, with one engine for a gradebook however often it is opened."""

    @cache
    def create_once(*arguments: Any, **options: Any) -> Engine:
        engine = _CREATE_ENGINE(*arguments, **options)
        if not lasting:
            event.listen(engine, "connect", lambda connection, _: connection.executescript(UNSAFE))
            # nbgrader disposes of it whenever it closes a gradebook.
            engine.dispose = lambda: None
        return engine

    return create_once


class _CommittedAtTheEnd(Session):
    """A session with a gradebook that is committed when it is closed, and not after every cell.

    New rows are written when nbgrader says so, so that one that cannot be is refused where it is made. nbgrader has one gradebook
    open at a time, and a submission on which it fails leaves nothing in a worker's copy that anyone reads.
    """

    _waits = False

    def commit(self) -> None:
        """Commit later."""
        self._waits = True
        if self.new or self.deleted:
            self.flush()

    def close(self) -> None:
        """Commit what waits for it, and close."""
        try:
            if self._waits:
                self._waits = False
                super().commit()
        finally:
            super().close()


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


def _checked_once() -> Callable:
    """nbgrader's look whether a gradebook has the course, each time that it is opened, done once for each."""
    checked: set[tuple[str, str]] = set()

    def check(self: Gradebook, course_id: str = "", **options: Any) -> None:
        key = (str(self.engine.url), course_id)
        if key not in checked:
            _CHECK_COURSE(self, course_id, **options)
            checked.add(key)

    return check


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
        found = self.db.info.setdefault("found_together", {})
        key = (kind, notebook, assignment, student)
        if key not in found:
            own = self.find_submission_notebook(notebook, assignment, student)
            found[key] = {cell: row for row, cell in rows(self, kind, own)}
        if name not in found[key]:
            raise MissingEntry(f"No such {kind.__name__.lower()}: {assignment}/{notebook}/{name} for {student}")
        return found[key][name]

    return find


@cache
def _schema_version() -> str | None:
    """The version of nbgrader's tables; nbgrader itself starts another Python to be told."""
    # Only a new gradebook asks for it, and the import takes a while.
    from alembic.script import ScriptDirectory

    return ScriptDirectory(str(Path(nbgrader.api.__file__).parent / "alembic")).get_current_head()


def _with_known_schema(self: Any) -> None:
    """As ``BaseMetadataValidator.__init__``, which reads its schema from a file each time."""
    self.schema = _schema_of(self.schema_version)


@cache
def _schema_of(version: int) -> dict[str, Any]:
    return json.loads((Path(common.root) / f"v{version:d}.json").read_text(encoding="utf-8"))


class _CompiledSchemas:
    """Stands for the module ``jsonschema`` where nbgrader calls it: the same verdicts, with the schema checked once.

    Nearly every cell has the metadata that it has in every other submission; what was found valid is not looked at again.
    """

    _schema: Any = None
    _validator: Any = None
    _valid: set[str] = set()

    @classmethod
    def validate(cls, instance: Any, schema: Any) -> None:
        """As ``jsonschema.validate``."""
        if cls._schema is not schema:
            kind = validator_for(schema)
            kind.check_schema(schema)
            cls._schema, cls._validator = schema, kind(schema)
            cls._valid.clear()
        text = json.dumps(instance)
        if text in cls._valid:
            return
        error = best_match(cls._validator.iter_errors(instance))
        if error is not None:
            raise error
        if len(cls._valid) < MAXIMAL_VALID and len(text) <= MAXIMAL_VALID_TEXT:
            cls._valid.add(text)
