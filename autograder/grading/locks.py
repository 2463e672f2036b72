"""One run at a time in a course, and one sentence for what another program or the machine refuses."""

import contextlib
import errno
import fcntl
import logging
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from nbgrader.api import InvalidEntry
from sqlalchemy.exc import OperationalError

LOCK_FILE = ".grading.lock"
SECONDS_FOR_A_LOCKED_GRADEBOOK = 5.0
_held: set[Path] = set()


class Refused(RuntimeError):
    """The gradebook or the disk does not take what a run writes; the message says why, and what to do."""


@contextlib.contextmanager
def one_run_at_a_time(root: Path, say: Callable[[str], None] = print) -> Iterator[None]:
    """Wait until no other run works in this course; says so where it has to wait. The system gives the lock back however a run ends."""
    path = root / LOCK_FILE
    if path in _held:
        yield
        return
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another run works in this course: waiting for it to end.")
            fcntl.flock(file, fcntl.LOCK_EX)
        except OSError as error:
            # Some network file systems have no locks.
            if error.errno not in (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS):
                raise
        _held.add(path)
        try:
            yield
        finally:
            _held.discard(path)


def require_unlocked(file: Path | None) -> None:
    """Raise :class:`Refused` where another program keeps an SQLite gradebook locked for longer than a few seconds."""
    if file is None or not file.exists():
        return
    connection = sqlite3.connect(file, timeout=SECONDS_FOR_A_LOCKED_GRADEBOOK)
    try:
        with told(file.name):
            connection.execute("BEGIN IMMEDIATE")
            connection.rollback()
    except sqlite3.DatabaseError:
        pass  # It is no gradebook at all, which others say better.
    finally:
        connection.close()


@contextlib.contextmanager
def told(gradebook: str) -> Iterator[None]:
    """Turn what a locked gradebook or a full disk raises into :class:`Refused`."""
    try:
        yield
    except (OperationalError, sqlite3.OperationalError, InvalidEntry) as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        if "locked" in reason:
            reason = f"{gradebook} is locked by another program. Close it"
        elif "full" in reason or "disk" in reason:
            reason = f"{gradebook} cannot be written: {reason}. Make room"
        else:
            reason = f"{gradebook} cannot be used: {reason}. Put that right"
        raise Refused(f"{reason} and run the command again: what was graded so far is kept.") from error
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise Refused("the disk is full. Make room and run the command again: what was graded so far is kept.") from error


@contextlib.contextmanager
def silent_nbgrader() -> Iterator[None]:
    """Keep nbgrader from printing a traceback of an error that is then told in one sentence."""
    previous = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(previous)
