"""Temporary folders that a run which was killed does not leave behind for good: the next run removes them.

A folder belongs to a living process as long as that process holds a lock on a file in it. The kernel lets go of the lock when
the process ends, however it ends.
"""

import contextlib
import fcntl
import os
import shutil
import stat
import tempfile
from pathlib import Path

PREFIXES = ("grading-", "sandbox-")
LOCK = "held-while-a-run-lives.lock"


class HeldFolder:
    """A temporary folder of this process; those that no process holds any more are removed first.

    Parameters
    ----------
    prefix
        Of its name; one of ``PREFIXES``.

    Attributes
    ----------
    name
        The path of an empty folder.
    """

    def __init__(self, prefix: str):
        remove_left_behind()
        self._outer = tempfile.TemporaryDirectory(prefix=prefix)
        outer = Path(self._outer.name)
        self._lock = os.open(outer / "new", os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        # Only now has the lock its name: nobody finds it free before.
        os.rename(outer / "new", outer / LOCK)
        (outer / "folder").mkdir()
        self.name = str(outer / "folder")

    def cleanup(self) -> None:
        """Remove it."""
        self._outer.cleanup()
        os.close(self._lock)


def remove_left_behind() -> None:
    """Remove the temporary folders of this user's runs that no living process holds."""
    for prefix in PREFIXES:
        for folder in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
            # What is gone already was removed by another run, and another's folder cannot be looked into.
            with contextlib.suppress(OSError):
                found = folder.lstat()
                if stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid():
                    _remove_if_free(folder)


def _remove_if_free(folder: Path) -> None:
    lock = os.open(folder / LOCK, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder)
    finally:
        os.close(lock)
