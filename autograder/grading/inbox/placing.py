"""One submission put into its place, whole or not at all; what was there is kept aside."""

import os
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from dateutil.parser import parse

from autograder.grading.inbox.archives import Budget, shown
from autograder.grading.inbox.sources import newest_time, read_folder

STAMP = "timestamp.txt"
REPLACED = ".replaced"
_UNFINISHED = ".importing"
# Archives keep times to two seconds.
_SAME_TIME = 2.0
_LONGEST_STAMP = 100


@dataclass(frozen=True)
class Submission:
    """What is to be placed.

    Attributes
    ----------
    student, assignment
        Their ids, safe names of folders.
    files
        By path relative to the submission's folder.
    times
        When each was changed, where known.
    time
        When the whole was handed in, as far as it is known.
    stamped
        Whether that time is sure enough for ``timestamp.txt``.
    """

    student: str
    assignment: str
    files: dict[str, bytes]
    times: dict[str, float]
    time: float | None
    stamped: bool


@dataclass
class Placed:
    """Whether anything changed, and what should be known."""

    changed: bool = False
    remarks: list[str] = field(default_factory=list)


def place(submitted: Path, submission: Submission) -> Placed:
    """Put a submission into ``<submitted>/<student>/<assignment>/``, unless what is there is as new.

    Parameters
    ----------
    submitted
        The folder of all submissions.
    submission
        What to put there.
    """
    result = Placed()
    target = submitted / submission.student / submission.assignment
    try:
        if target.is_symlink() or target.parent.is_symlink():
            result.remarks.append("a link stands in the place of the folder, so nothing was written.")
        elif not target.exists():
            _write(submitted, target, submission, result)
        elif not _is_same(target, submission):
            _replace(submitted, target, submission, result)
    except OSError as error:
        result.remarks.append(f"the submission could not be written: {error.strerror}.")
    return result


def time_of_stamp(content: bytes) -> float | None:
    """The time in a ``timestamp.txt``; one without a zone is universal, as nbgrader takes it."""
    try:
        when = parse(content[:_LONGEST_STAMP].decode("utf-8-sig").strip())
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
    # Whatever stands there makes the parser raise a handful of kinds of errors.
    except Exception:
        return None


def _is_same(target: Path, submission: Submission) -> bool:
    there = read_folder(target, Budget(), [])
    there.pop(STAMP, None)
    return there == submission.files


def _replace(submitted: Path, target: Path, submission: Submission, result: Placed) -> None:
    stamp = target / STAMP
    there = time_of_stamp(read_folder(target, Budget(), []).get(STAMP, b"")) if stamp.is_file() else None
    there = newest_time(target) if there is None else there
    if there is not None and (submission.time is None or submission.time < there + _SAME_TIME):
        result.remarks.append("another submission is there that is not older: it was kept, and the one of the download not taken.")
        return
    aside = submitted / REPLACED / submission.student / submission.assignment
    aside.mkdir(parents=True, exist_ok=True)
    aside /= str(1 + max((int(path.name) for path in aside.iterdir() if path.name.isdecimal()), default=0))
    _write(submitted, target, submission, result, aside)
    if result.changed:
        result.remarks.append(f"an older submission was there and is kept in {shown(str(aside.relative_to(submitted.parent)))}.")


def _write(submitted: Path, target: Path, submission: Submission, result: Placed, aside: Path | None = None) -> None:
    """Write everything beside the place first, so that no half submission is ever graded."""
    unfinished = submitted / f"{_UNFINISHED}-{os.getpid()}"
    try:
        # One of the same number may be left of a run that was ended.
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        for path, content in submission.files.items():
            _write_file(unfinished / path, content, submission.times.get(path), path, result)
        if submission.stamped and submission.time is not None:
            stamp = datetime.fromtimestamp(submission.time).astimezone().isoformat(timespec="seconds")
            (unfinished / STAMP).write_text(stamp + "\n", encoding="utf-8")
        target.parent.mkdir(parents=True, exist_ok=True)
        if aside:
            target.rename(aside)
        try:
            unfinished.rename(target)
        except OSError:
            if aside:
                aside.rename(target)
            raise
        result.changed = True
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _write_file(place: Path, content: bytes, time: float | None, path: str, result: Placed) -> None:
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        if time is not None:
            os.utime(place, (time, time))
    except (OSError, OverflowError) as error:
        result.remarks.append(f"{shown(path)} could not be written: {getattr(error, 'strerror', error)}.")
