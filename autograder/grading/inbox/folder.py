"""A submission's folder as it lies on the disk: read within bounds, and nothing in it followed that leads elsewhere."""

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from autograder.grading.inbox.archives import shown
from autograder.grading.inbox.finding import PROGRAM_FOLDERS, passed_over
from autograder.grading.inbox.listing import listed

MOST_FILES = 2_000
MOST_DEPTH = 20
MOST_BYTES_PER_FILE = 100_000_000
MOST_BYTES = 250_000_000
NAMED = 4
# Programs' own folders, which are handed in by mistake and hold thousands of files.
_PROGRAMS = PROGRAM_FOLDERS | {".cache", ".mypy_cache"}

# Which file it is on this machine, whatever its name.
Inode = tuple[int, int]


@dataclass
class Contents:
    """What a folder holds.

    Attributes
    ----------
    files
        Contents by path inside the folder.
    times
        When each was changed last.
    remarks
        A sentence for each kind of thing that was left out.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    times: dict[str, float] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


class _LeftOut:
    """Names of what is left out, by the reason."""

    def __init__(self) -> None:
        self._names: dict[str, list[str]] = {}

    def add(self, why: str, name: str) -> None:
        self._names.setdefault(why, []).append(name)

    def remarks(self) -> list[str]:
        sentences = []
        for why, names in self._names.items():
            sentences.append(f"{listed([shown(name) for name in names], NAMED)}: left out, because {why}")
        return sentences


LINK = "a link is not followed"
NO_FILE = "it is no ordinary file"
NOT_READABLE = "it cannot be read"
TOO_DEEP = f"it lies deeper than {MOST_DEPTH} folders"
TOO_MANY = f"there are more than {MOST_FILES} files"
TOO_LARGE = "it is too large"
ANOTHERS = "it is another's file under a second name"


def is_link(folder: Path, below: Path) -> bool:
    """Whether a folder, or one between it and ``below``, is a link, or it is not inside at all."""
    try:
        parts = folder.relative_to(below).parts
    except ValueError:
        return True
    return any(below.joinpath(*parts[:count]).is_symlink() for count in range(1, len(parts) + 1)) or ".." in parts


def read_folder(folder: Path, foreign: frozenset[Inode] = frozenset()) -> Contents:
    """The files of a submission's folder.

    Parameters
    ----------
    folder
        On the disk.
    foreign
        Files of the course's or of another student's: a second name for one of them is left out.
    """
    handed, left_out, size = Contents(), _LeftOut(), 0
    for name, path in _walk(folder, left_out):
        content, status = _read(path, name, foreign, left_out)
        if content is None or status is None:
            continue
        size += len(content)
        if size > MOST_BYTES:
            left_out.add(TOO_LARGE, name)
            size -= len(content)
            continue
        handed.files[name] = content
        handed.times[name] = status.st_mtime
    handed.remarks = left_out.remarks()
    return handed


def safe_files(folder: Path, foreign: frozenset[Inode] = frozenset()) -> list[Path]:
    """Paths of the files that :func:`read_folder` would read, none of them opened."""
    left_out = _LeftOut()
    found = []
    for _, path in _walk(folder, left_out):
        try:
            status = path.lstat()
        except OSError:
            continue
        if _why_not(status, foreign) == "":
            found.append(path)
    return found


def _walk(folder: Path, left_out: _LeftOut) -> Iterator[tuple[str, Path]]:
    """Names and paths of the files below a folder; links and programs' own folders are not entered."""
    waiting = [("", 0)]
    count = 0
    while waiting:
        inside, depth = waiting.pop()
        try:
            with os.scandir(folder / inside) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            left_out.add(NOT_READABLE, inside or ".")
            continue
        for entry in found:
            name = f"{inside}/{entry.name}" if inside else entry.name
            if entry.is_dir(follow_symlinks=False):
                if entry.name in _PROGRAMS:
                    continue
                if depth >= MOST_DEPTH:
                    left_out.add(TOO_DEEP, name)
                    continue
                waiting.append((name, depth + 1))
                continue
            if passed_over(name) and entry.name != "timestamp.txt":
                continue
            count += 1
            if count > MOST_FILES:
                left_out.add(TOO_MANY, name)
                return
            if entry.is_symlink():
                left_out.add(LINK, name)
                continue
            yield name, Path(folder, name)


def _why_not(status: os.stat_result, foreign: frozenset[Inode]) -> str:
    if stat.S_ISLNK(status.st_mode):
        return LINK
    if not stat.S_ISREG(status.st_mode):
        return NO_FILE
    if status.st_size > MOST_BYTES_PER_FILE:
        return TOO_LARGE
    return ANOTHERS if (status.st_dev, status.st_ino) in foreign else ""


def _read(path: Path, name: str, foreign: frozenset[Inode], left_out: _LeftOut) -> tuple[bytes | None, os.stat_result | None]:
    try:
        # What is opened is what is looked at; and a pipe that nobody writes to does not hold us up.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        left_out.add(LINK if error.errno == errno.ELOOP else NO_FILE if error.errno == errno.ENXIO else NOT_READABLE, name)
        return None, None
    try:
        status = os.fstat(descriptor)
        why = _why_not(status, foreign)
        if why:
            left_out.add(why, name)
            return None, None
        with os.fdopen(os.dup(descriptor), "rb") as file:
            return file.read(MOST_BYTES_PER_FILE + 1), status
    except OSError:
        left_out.add(NOT_READABLE, name)
        return None, None
    finally:
        os.close(descriptor)


def inodes(*folders: Path) -> frozenset[Inode]:
    """The files of some folders; a folder that is not there has none."""
    found = set()
    for folder in folders:
        for _, path in _walk(folder, _LeftOut()) if folder.is_dir() else ():
            try:
                status = path.lstat()
            except OSError:
                continue
            if stat.S_ISREG(status.st_mode):
                found.add((status.st_dev, status.st_ino))
    return frozenset(found)
