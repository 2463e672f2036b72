"""Reports on derivations that were read before, in one file beside the gradebook: the same text is read once, in whatever run.

What is kept is known by the reader's own code, by what the assignment declares, and by the text, so that nothing that is out of
date is ever found. The file may be deleted at any time.
"""

import contextlib
import hashlib
import json
import sqlite3
from dataclasses import asdict
from functools import cache
from pathlib import Path

import matrix_checks
from autograder.files import digest_of
from matrix_checks.derivations.judging.report import Report, Step

FILE = ".derivations.db"
# Of the last ones; a report takes some two thousand bytes.
MOST_REPORTS = 100_000
# Another worker may be writing. It is not waited for long: to read a text again takes less.
SECONDS_TO_WAIT = 0.5


class KeptReports:
    """The file of reports. Where it cannot be used, nothing is kept, and nothing else changes.

    Parameters
    ----------
    file
        Made when the first report is kept.
    """

    def __init__(self, file: Path):
        self._connection: sqlite3.Connection | None = None
        with contextlib.suppress(sqlite3.Error):
            connection = sqlite3.connect(file, timeout=SECONDS_TO_WAIT, isolation_level=None)
            connection.executescript(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; CREATE TABLE IF NOT EXISTS report (key TEXT UNIQUE, content TEXT);"
            )
            connection.execute("DELETE FROM report WHERE rowid <= (SELECT max(rowid) FROM report) - ?", (MOST_REPORTS,))
            self._connection = connection

    def find(self, key: str) -> Report | None:
        """The report that was kept under a key; ``None`` where there is none that can be read."""
        if self._connection is None:
            return None
        with contextlib.suppress(sqlite3.Error, ValueError, TypeError, KeyError):
            found = self._connection.execute("SELECT content FROM report WHERE key = ?", (key,)).fetchone()
            return None if found is None else report_from(json.loads(found[0]))
        return None

    def keep(self, key: str, report: Report) -> None:
        """Keep a report."""
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.execute("INSERT OR REPLACE INTO report VALUES (?, ?)", (key, json.dumps(asdict(report))))


def key_of(declared: str, name: str, text: str) -> str:
    """The key of a report: of the reader, of all that an assignment declares of its write-ups, of the write-up's name and its text."""
    whole = hashlib.sha256()
    for part in (_reader(), declared, name, text):
        # Surrogates that a notebook may hold have no bytes in UTF-8.
        content = part.encode("utf-8", "surrogatepass")
        whole.update(len(content).to_bytes(8, "big") + content)
    return whole.hexdigest()


@cache
def _reader() -> str:
    folder = Path(matrix_checks.__file__ or "").parent
    return digest_of(folder, [folder])


def report_from(content: dict) -> Report:
    """The report of which ``asdict`` made plain data, behind JSON. Raises ``KeyError``, ``TypeError`` or ``ValueError`` for other data."""
    steps = [Step(**{**step, "certificate": tuple(step["certificate"])}) for step in content["steps"]]
    return Report(**{**content, "steps": steps, "account": [(place, kind) for place, kind in content["account"]]})
