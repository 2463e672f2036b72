"""One session with a worker's gradebook for all of a submission.

nbgrader opens its gradebook a dozen times for each, asks every time for the same student, assignment and notebook, and loads the same rows.
"""

import contextlib
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import nbgrader.api
from nbgrader.api import Gradebook
from sqlalchemy import Column, inspect
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session, scoped_session, sessionmaker

# What a worker asks again and again, and what nothing takes away while a submission is graded.
LOOKUPS = ("find_student", "find_assignment", "find_notebook", "find_submission", "find_submission_notebook")
_ORIGINALS = {name: getattr(Gradebook, name) for name in LOOKUPS}
# Those that are shared now, by their gradebook's engine; ``None`` where nothing is shared.
_shared: dict[Engine, "_Shared"] | None = None


def share_sessions() -> None:
    """Patch nbgrader in this process: gradebooks opened in :func:`one_session` share it, all others have their own as before."""
    nbgrader.api.scoped_session = _registry
    for name, find in _ORIGINALS.items():
        setattr(Gradebook, name, _asked_once_in_a_session(name, find))


@contextlib.contextmanager
def one_session() -> Iterator[None]:
    """Let the gradebooks that are opened in the block share a session, where :func:`share_sessions` was called; it is closed behind it.

    What was not finished is taken back.
    """
    global _shared
    before, _shared = _shared, {}
    shared = _shared
    try:
        yield
    except BaseException:
        for registry in shared.values():
            registry.rollback()
        raise
    finally:
        _shared = before
        for registry in shared.values():
            registry.end()


class _Shared(scoped_session):
    """A session that outlives the gradebooks which use it."""

    def remove(self) -> None:
        """Called when a gradebook is closed: what is computed from other rows is computed anew for the next."""
        session: Session = self()
        for row in session.identity_map.values():
            kind: Any = type(row)
            computed = _computed(kind).intersection(row.__dict__)
            if computed:
                session.expire(row, computed)

    def end(self) -> None:
        """Close it."""
        super().remove()


@cache
def _computed(kind: Any) -> frozenset[str]:
    """The attributes of nbgrader's rows that stand in no column, but are computed by the database when a row is loaded."""
    attributes: Any = inspect(kind).column_attrs
    return frozenset(each.key for each in attributes if not isinstance(each.columns[0], Column))


def _registry(factory: sessionmaker) -> scoped_session:
    """As ``scoped_session``."""
    if _shared is None:
        return scoped_session(factory)
    engine = factory.kw["bind"]
    if engine not in _shared:
        _shared[engine] = _Shared(factory)
    return _shared[engine]


def _asked_once_in_a_session(name: str, find: Callable[..., Any]) -> Callable[..., Any]:
    """A query of nbgrader's for one row, asked once in a shared session; what was not there is asked for again."""

    def find_once(self: Gradebook, *arguments: str) -> Any:
        if not isinstance(self.db, _Shared):
            return find(self, *arguments)
        found = self.db.info.setdefault("found", {})
        key = (name, *arguments)
        if key not in found:
            found[key] = find(self, *arguments)
        return found[key]

    return find_once
