"""Which rows of the long tables a run tries.

Thousands of rows are each a short text with what the reader says of it, or a solution with what its check says: most of the time of all
tests. What they say can change only where the code that they try, the course or the table itself changes. ``rows_that_passed.json`` holds
the state of these for which every row passed. Where a file of tables is in that state, a part of its rows, and of its tests without rows,
is tried, another part in each state; else all are. ``ROWS=all make test`` tries all; ``make rows`` tries all, and writes the state
down when they have passed.
"""

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
RECORD = ROOT / "tests" / "rows_that_passed.json"
# One row of so many is tried where nothing has changed.
EVERY = 12
_IMPORTED = re.compile(r"(?m)^from tests\.([\w.]+) import")


@dataclass(frozen=True)
class Tables:
    """Test files whose rows try the same code.

    Attributes
    ----------
    files
        Patterns of their names, without ``test_`` and ``.py``.
    tried
        Patterns of what decides whether the rows pass, from the course's folder.
    """

    files: tuple[str, ...]
    tried: tuple[str, ...]


READER = Tables(
    files=(
        *("strangers_*", "recall*", "precision", "writeups", "inference", "answers*", "certificate*", "conventions", "cutting"),
        *("reasons", "special_cases", "own_forms", "points", "turned_chains", "plain_mistakes"),
        *("read_once", "right_derivations", "writeup_properties", "writeups_in_linear_time", "damaged_formulas"),
    ),
    tried=("matrix_checks/derivations/**/*.py", "source/*/*.json", "tests/derivations/**/*", "requirements.txt"),
)
CHECKS = Tables(
    files=("bank", "untrue_diagnoses"),
    tried=(
        *("matrix_checks/checks/*.py", "matrix_checks/notebook/*.py", "assignments/**/*", "autograder/course/trial.py"),
        *("autograder/derivatives/*.py", "autograder/bank/*.py", "requirements.txt"),
    ),
)
ALL = (READER, CHECKS)


def leave_out_rows(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the rows that need not be tried, in place."""
    if os.environ.get("ROWS"):
        return
    passed = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    left_out = {
        item
        for item in items
        if (passed_in := passed.get(item.path.stem)) and passed_in == state_of(item.path) and not _is_tried(item.nodeid, passed_in)
    }
    config.hook.pytest_deselected(items=[item for item in items if item in left_out])
    items[:] = [item for item in items if item not in left_out]


@cache
def state_of(path: Path) -> str:
    """The state of a test file's tables and of what they try; empty for a file that has none."""
    for tables in ALL:
        if any(Path(path.stem.removeprefix("test_")).match(pattern) for pattern in tables.files):
            return _digest_of(tables.tried) + _digest(_with_imported(path))
    return ""


def _with_imported(path: Path) -> set[Path]:
    """A test file and those of the tests that it imports something from."""
    found, waiting = set[Path](), [path]
    while waiting:
        file = waiting.pop()
        if file not in found:
            found.add(file)
            names = _IMPORTED.findall(file.read_text(encoding="utf-8"))
            waiting += [each for name in names if (each := ROOT / "tests" / f"{name.replace('.', '/')}.py").exists()]
    return found


def try_all(options: list[str]) -> int:
    """Try all rows of all tables, and write down their state if all pass; returns the status of the command."""
    states = {path: state for path in sorted((ROOT / "tests").glob("test_*.py")) if (state := state_of(path))}
    os.environ["ROWS"] = "all"
    status = pytest.main([*options, *map(str, states)])
    if status == pytest.ExitCode.OK:
        RECORD.write_text(json.dumps({path.stem: state for path, state in states.items()}, indent=1) + "\n")
    return status


def _is_tried(row: str, state: str) -> bool:
    return hashlib.sha256((state + row).encode()).digest()[0] % EVERY == 0


@cache
def _digest_of(patterns: tuple[str, ...]) -> str:
    """Of the course's files of these patterns."""
    return _digest(path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file() and path.suffix != ".pyc")


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(set(paths)):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


if __name__ == "__main__":
    sys.exit(try_all(sys.argv[1:]))
