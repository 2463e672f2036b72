"""What lies in a download, a zip file or a folder: listed and read within bounds; nothing is followed, run or changed."""

import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from autograder.grading.inbox.archives import Budget, entries, open_file, read, shown, time_of

# A class: some hundred students, with a few dozen files each.
MOST_ENTRIES = 50_000
DEEPEST = 40
LARGEST_FILE = 100_000_000


@dataclass(frozen=True)
class Entry:
    """One file of a download.

    Attributes
    ----------
    path
        Relative to the folder around the download; its first part is the download's own name.
    time
        When it was changed, where known.
    read
        Gives the content, or None and a remark; what it reads is taken off a budget.
    """

    path: str
    time: float | None
    read: Callable[[Budget, list[str]], bytes | None]


@contextmanager
def opened(source: Path, remarks: list[str]) -> Iterator[list[Entry]]:
    """The files of a download.

    Parameters
    ----------
    source
        A zip file, a folder or one other file.
    remarks
        Receives a sentence for everything that is left out.

    Raises
    ------
    Refused
        If it is a zip file of which nothing can be read.
    """
    if source.is_dir():
        yield [_file(f"{source.name}/{path}", place, status) for path, place, status in _walk(source, remarks)]
    elif is_zip(source):
        with open_file(source, MOST_ENTRIES) as archive:
            yield [_inside(source, archive, path, info) for path, info in entries(source.name, archive, remarks)]
    else:
        yield [alone(source)]


def alone(source: Path) -> Entry:
    """A file by itself, whatever it holds."""
    return _file(source.name, source, source.stat())


def is_zip(path: Path) -> bool:
    """Whether a file is named as a zip file, or begins as one."""
    if path.suffix.lower() == ".zip":
        return True
    try:
        with path.open("rb") as file:
            return file.read(4) in (b"PK\x03\x04", b"PK\x05\x06")
    except OSError:
        return False


def read_folder(folder: Path, budget: Budget, remarks: list[str]) -> dict[str, bytes]:
    """What the ordinary files of a folder hold, by their path in it."""
    files = {path: _content(place, path, budget, remarks) for path, place, _ in _walk(folder, remarks)}
    return {path: content for path, content in files.items() if content is not None}


def newest_time(folder: Path) -> float | None:
    """When the youngest file of a folder was changed."""
    return max((status.st_mtime for _, _, status in _walk(folder, [])), default=None)


def _walk(folder: Path, remarks: list[str]) -> Iterator[tuple[str, Path, os.stat_result]]:
    waiting, number = [(folder, "", 0)], 0
    while waiting:
        place, path, depth = waiting.pop()
        try:
            children = sorted(os.scandir(place), key=lambda child: child.name)
        except OSError:
            remarks.append(f"{shown(path or folder.name)} cannot be opened: it was passed over.")
            continue
        for child in children:
            inner = f"{path}/{child.name}" if path else child.name
            if child.is_symlink():
                remarks.append(f"{shown(inner)} is a link: it was not followed.")
            elif child.is_dir(follow_symlinks=False):
                if depth < DEEPEST:
                    waiting.append((Path(child.path), inner, depth + 1))
                else:
                    remarks.append(
                        f"{shown(inner)}: folders lie more than {DEEPEST} deep in one another; no deeper one was looked at."
                    )
            elif child.is_file(follow_symlinks=False):
                if (number := number + 1) > MOST_ENTRIES:
                    remarks.append(f"{shown(folder.name)} holds more than {MOST_ENTRIES:,} files: the rest was not looked at.")
                    return
                yield inner, Path(child.path), child.stat(follow_symlinks=False)
            else:
                remarks.append(f"{shown(inner)} is no ordinary file: it was passed over.")


def _file(path: str, place: Path, status: os.stat_result) -> Entry:
    return Entry(path, status.st_mtime, lambda budget, remarks: _content(place, path, budget, remarks))


def _content(place: Path, path: str, budget: Budget, remarks: list[str]) -> bytes | None:
    bound = min(budget.size, LARGEST_FILE)
    try:
        # Whatever was put in the place of the file since it was listed is neither followed nor waited for.
        number = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(number, "rb") as file:
            status = os.fstat(number)
            if not stat.S_ISREG(status.st_mode) or status.st_size > bound:
                remarks.append(
                    f"{shown(path)} was not read: it is larger than the {LARGEST_FILE // 1_000_000} MB that a submission may have."
                )
                return None
            data = file.read(bound)
    except OSError:
        remarks.append(f"{shown(path)} cannot be opened: it was passed over.")
        return None
    budget.size -= len(data)
    return data


def _inside(source: Path, archive: zipfile.ZipFile, path: str, info: zipfile.ZipInfo) -> Entry:
    return Entry(
        f"{source.stem}/{path}",
        time_of(info),
        lambda budget, remarks: read(shown(source.name), archive, info, path, budget, remarks),
    )
