"""When a submission came, how late that is, and what nbgrader's plugin takes off for it."""

import re
import stat
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from dateutil import parser, tz
from nbformat.v4 import new_notebook
from nbgrader.api import MissingEntry
from nbgrader.apps import NbGraderAPI
from nbgrader.converters import Autograde
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import parse_utc

from autograder.course.assignment import Assignment
from autograder.course.release import quiet_nbgrader

FILE = "timestamp.txt"
UNREADABLE = f"{FILE} cannot be read, so lateness is not known"
MAXIMAL_BYTES = 200
# Nothing is handed in outside of these, and a time zone cannot be subtracted from the first and the last year there is.
YEARS = range(1990, 2200)
# A name of a time zone that begins with a slash is a file for dateutil, which would open it.
_ZONE = re.compile(r"[\w+-][\w+:/-]*", re.ASCII)
_DEFAULTS = (datetime(2000, 1, 1), datetime(2001, 2, 2, 1, 1, 1))


class UnreadableTimestamp(ValueError):
    """There is a ``timestamp.txt``, but no point in time in it."""


@dataclass(frozen=True)
class Handed:
    """When a submission came and what was granted, in UTC, as nbgrader keeps it."""

    timestamp: datetime | None = None
    extension: timedelta | None = None


UNKNOWN = Handed()


def read_timestamp(folder: Path) -> datetime | None:
    """The time in a submission's ``timestamp.txt``, as nbgrader reads it; ``None`` where there is no such file.

    Raises
    ------
    UnreadableTimestamp
        If it is no plain file, is too large, or holds no full date.
    """
    path = folder / FILE
    try:
        status = path.lstat()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise UnreadableTimestamp(UNREADABLE) from error
    if not stat.S_ISREG(status.st_mode) or status.st_size > MAXIMAL_BYTES:
        raise UnreadableTimestamp(UNREADABLE)
    try:
        return parse_time(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise UnreadableTimestamp(UNREADABLE) from error


def parse_time(text: str) -> datetime:
    """A point in time in UTC, from a text as nbgrader writes it; ``ValueError`` where it is none."""
    words = text.split()
    if not words or not all(word.isprintable() for word in words) or (len(words) == 3 and not _ZONE.fullmatch(words[2])):
        raise ValueError(f"{text[:40]!r} is no date and time")
    try:
        time = parse_utc(" ".join(words))
        # dateutil puts today in the place of what is missing.
        start = " ".join(words[:2]) if len(words) == 3 else " ".join(words)
        first, second = (parser.parse(start, default=default, ignoretz=True) for default in _DEFAULTS)
        full = first.date() == second.date()
    except Exception as error:  # dateutil fails in many ways on what is no date.
        raise ValueError(f"{text[:40]!r} is no date and time") from error
    if not full or time.year not in YEARS:
        raise ValueError(f"{text[:40]!r} is no date and time")
    return time


def due_of(assignment: Assignment) -> datetime:
    """The due date in UTC, as the gradebook has it."""
    return parse_utc(assignment.due)


def handed_in(folder: Path, known: Handed, extension: timedelta | None) -> Handed:
    """When the submission in a folder came.

    Parameters
    ----------
    folder
        Of the submission.
    known
        What the gradebook has of an earlier one: like nbgrader's own, its time stays where the folder has no ``timestamp.txt``.
    extension
        What is granted now.
    """
    try:
        return Handed(read_timestamp(folder) or known.timestamp, extension)
    except UnreadableTimestamp:
        return Handed(None, extension)


def assign_penalty(api: NbGraderAPI, assignment: Assignment, student: str) -> None:
    """Have nbgrader assign the penalty for being late, for the marks that the gradebook now has."""
    converter = Autograde(coursedir=api.coursedir, parent=api)
    kinds = [kind for kind in converter.autograde_preprocessors if isinstance(kind, type) and issubclass(kind, AssignLatePenalties)]
    place = {
        "notebook": assignment.notebook,
        "assignment": assignment.identifier,
        "student": student,
        "db_url": api.coursedir.db_url,
    }
    with quiet_nbgrader():
        for kind in kinds:
            kind(parent=converter).preprocess(new_notebook(), {"nbgrader": place})


def read_penalty(api: NbGraderAPI, assignment: Assignment, student: str) -> float | None:
    """What nbgrader takes off a submission for being late."""
    with api.gradebook as gradebook:
        try:
            return gradebook.find_submission_notebook(assignment.notebook, assignment.identifier, student).late_submission_penalty
        except MissingEntry:
            return None


def remarks(folder: Path, seconds_late: float, penalty: float | None) -> list[str]:
    """What is to be known about the time at which a submission came, a sentence each."""
    try:
        read_timestamp(folder)
    except UnreadableTimestamp as error:
        return [str(error)]
    doubts = _doubts(folder)
    if seconds_late <= 0:
        return doubts
    return [*doubts, f"late by {spoken(seconds_late)}" + (f", which takes off {penalty:g} points" if penalty else "")]


def _doubts(folder: Path) -> list[str]:
    """What nbgrader reads without a word, though it may have been meant otherwise. Its reading stays."""
    try:
        words = (folder / FILE).read_text(encoding="utf-8-sig").split()
        read = parse_time(" ".join(words))
        other = parser.parse(words[0], dayfirst=True, default=_DEFAULTS[0], ignoretz=True)
        first = parser.parse(words[0], default=_DEFAULTS[0], ignoretz=True)
    except (OSError, ValueError, OverflowError):
        return []
    doubts = []
    if first != other and not words[0][:4].isdigit():
        doubts.append(f"{FILE} says {words[0]}, whose day and month could be exchanged: read as {read:%Y-%m-%d}")
    if len(words) == 3 and not words[2].lstrip("+-").isdigit() and tz.gettz(words[2]) is None:
        doubts.append(f"{FILE} names the time zone {words[2]}, which is not known here: read as UTC")
    return doubts


def spoken(seconds: float) -> str:
    """A duration in its two largest units."""
    whole = int(seconds)
    amounts = (
        ("day", whole // 86_400),
        ("hour", whole // 3_600 % 24),
        ("minute", whole // 60 % 60),
        ("second", whole % 60),
    )
    first = next((number for number, (_, amount) in enumerate(amounts) if amount), len(amounts) - 1)
    shown = [(unit, amount) for unit, amount in amounts[first : first + 2] if amount or first == len(amounts) - 1]
    return " ".join(f"{amount} {unit}{'' if amount == 1 else 's'}" for unit, amount in shown)
