"""Zip files of people nobody vouches for, read within bounds and never written to a disk by name."""

import io
import stat
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import BinaryIO

MOST_ENTRIES = 2_000
MOST_BYTES = 100_000_000
# Formats that are zip files inside and are read as what they are.
OTHER_FORMATS = {".npz", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".whl", ".jar", ".apk", ".epub", ".pages", ".numbers"}
_ENTRY = b"PK\x01\x02"
_CHUNK = 1 << 20


@dataclass
class Budget:
    """What may still be unpacked, over all archives together."""

    entries: int = MOST_ENTRIES
    size: int = MOST_BYTES


@dataclass
class Unpacked:
    """Files of an archive by their path inside; when each was changed, where known; a sentence for each thing left out."""

    files: dict[str, bytes] = field(default_factory=dict)
    times: dict[str, float] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


class Refused(ValueError):
    """An archive of which nothing is read; the message says why in one sentence."""


def is_archive(path: str, content: bytes) -> bool:
    """Whether a file is a zip file that somebody packed, by what it holds: any name may stand on it."""
    suffix = PurePosixPath(path).suffix.lower()
    return suffix == ".zip" or (content.startswith((b"PK\x03\x04", b"PK\x05\x06")) and suffix not in OTHER_FORMATS)


def unpack(name: str, content: bytes, budget: Budget) -> Unpacked:
    """Everything in a zip file that may be read.

    Parameters
    ----------
    name
        What the remarks call it.
    content
        Its bytes.
    budget
        Bounds, shared by several archives; what is read is taken off.
    """
    result = Unpacked()
    try:
        with _opened(name, io.BytesIO(content), budget.entries) as archive:
            for path, info in _notebooks_first(entries(name, archive, result.remarks)):
                budget.entries -= 1
                data = read(name, archive, info, path, budget, result.remarks)
                if data is not None:
                    result.files[path] = data
                    result.times |= {path: when} if (when := time_of(info)) is not None else {}
    except Refused as error:
        result.remarks.append(str(error))
    return result


@contextmanager
def open_file(path: Path, most_entries: int) -> Iterator[zipfile.ZipFile]:
    """A zip file on the disk, opened for reading; :class:`Refused` if it is none or holds too many files."""
    with path.open("rb") as file, _opened(shown(path.name), file, most_entries) as archive:
        yield archive


def entries(name: str, archive: zipfile.ZipFile, remarks: list[str]) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """The files of an archive that stay inside of it, with their paths; a remark for each that does not.

    Parameters
    ----------
    name
        What the remarks call the archive.
    archive
        The archive.
    remarks
        Receives a sentence for each entry left out.
    """
    found: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist():
        path = _readable_name(info).replace("\\", "/")
        if path.endswith("/"):
            continue
        parts = PurePosixPath(path).parts
        kind = stat.S_IFMT(info.external_attr >> 16)
        if path.startswith("/") or PureWindowsPath(path).drive or ".." in parts or not parts:
            remarks.append(f"{name} holds {shown(path)}, a path that leads outside of it: this file was not taken.")
        elif kind not in (0, stat.S_IFREG):
            remarks.append(f"{name} holds {shown(path)}, a link or no ordinary file: it was not taken.")
        elif info.flag_bits & 1:
            remarks.append(f"{shown(path)} in {name} is encrypted and cannot be read: ask for the file without a password.")
        else:
            if "/".join(parts) in found:
                remarks.append(f"{name} holds {shown(path)} more than once: the last one counts.")
            found["/".join(parts)] = info
    yield from found.items()


def read(name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, budget: Budget, remarks: list[str]) -> bytes | None:
    """One file of an archive, or nothing and a remark; what its header says of its size is not believed."""
    try:
        with archive.open(info) as file:
            data = file.read(budget.size + 1)
    except MemoryError:
        remarks.append(f"{shown(path)} in {name} is too large to be read.")
        return None
    # A damaged file makes zipfile and the decompressors behind it raise a dozen kinds of errors, struct.error among them.
    except Exception:
        remarks.append(f"{shown(path)} in {name} is damaged and could not be read.")
        return None
    if len(data) > budget.size:
        remarks.append(f"{shown(path)} in {name} was not read: more than {MOST_BYTES // 1_000_000} MB would be unpacked.")
        return None
    budget.size -= len(data)
    return data


def time_of(info: zipfile.ZipInfo) -> float | None:
    """When an entry was changed: in universal time where the archive says so, else by the clock on the wall."""
    extra = info.extra
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        if kind == 0x5455 and size >= 5 and len(extra) >= 9 and extra[4] & 1:
            return float(struct.unpack_from("<I", extra, 5)[0])
        extra = extra[4 + size :]
    # 1980-01-01 is what archivers write that know no time.
    if info.date_time[:3] == (1980, 1, 1):
        return None
    try:
        return datetime(*info.date_time).timestamp()
    except (ValueError, OverflowError, OSError):
        return None


def shown(text: str) -> str:
    """A name in which nothing speaks to the terminal, and of a bounded length."""
    text = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text[:300])
    return text if len(text) <= 120 else f"{text[:80]}…{text[-30:]}"


def _opened(name: str, file: BinaryIO, most_entries: int) -> zipfile.ZipFile:
    """An archive whose list of files is known to be short before it is read."""
    if _count(file) > most_entries:
        raise Refused(f"{name} holds more than {most_entries:,} files and was not opened.")
    try:
        return zipfile.ZipFile(file)
    # A damaged list of files makes zipfile raise whatever the bytes happen to lead to.
    except Exception as error:
        raise Refused(f"{name} is damaged or no zip file: nothing in it was read.") from error


def _count(file: BinaryIO) -> int:
    """At least the number of entries that zipfile would make an object for."""
    file.seek(0)
    number, tail = 0, b""
    while chunk := file.read(_CHUNK):
        number += (tail + chunk).count(_ENTRY)
        tail = chunk[-len(_ENTRY) + 1 :]
    file.seek(0)
    return number


def _notebooks_first(found: Iterator[tuple[str, zipfile.ZipInfo]]) -> list[tuple[str, zipfile.ZipInfo]]:
    """Whatever the bounds leave out, it is not the notebook."""
    return sorted(found, key=lambda entry: (".ipynb" not in entry[0].lower(), entry[1].file_size, entry[0]))


def _readable_name(info: zipfile.ZipInfo) -> str:
    """An entry's name as it was meant: without the flag for UTF-8, archivers write UTF-8 or, in Russia, code page 866."""
    if info.flag_bits & 0x800 or info.filename.isascii():
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        name = raw.decode("cp866")
    foreign = [letter for letter in name if not letter.isascii()]
    return name if all("\u0400" <= letter <= "\u04ff" or letter in "№ " for letter in foreign) else info.filename
