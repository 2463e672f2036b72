"""What a machine needs to grade for a course, besides the installed package: one archive, known by its digest."""

import hashlib
import io
import platform
import zipfile
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import autograder
import matrix_checks
from autograder.course.release import CONFIG_FILE
from autograder.files import digest_of, files_of

GRADEBOOK = "gradebook.db"
COURSE_FOLDERS = ("source", "release", "solutions")
# Of an assignment's folder, what grading reads; the mistakes that the build tries are no part of it.
DECLARED = ("assignment.toml", "writeups.toml")
# Another version of one of these may give other marks, or other pages.
LIBRARIES = ("numpy", "nbgrader", "nbconvert", "nbformat", "ipython", "matplotlib", "math-core", "nh3")
PACKAGE, PYTHON = "the course's package", "Python"
MISSING = "none"
# A date that every archive has, so that equal files make equal archives.
_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Bundle:
    """The files of a course, as they travel.

    Attributes
    ----------
    data
        The archive.
    digest
        Of the archive: SHA-256, in hexadecimal.
    versions
        What the machine has that made it, as :func:`versions` says.
    """

    data: bytes
    digest: str
    versions: dict[str, str]


class Damaged(ValueError):
    """What arrived is not what was sent."""


def make_bundle(root: Path, database: bytes) -> Bundle:
    """The bundle of a course.

    Parameters
    ----------
    root
        The folder of the course.
    database
        An SQLite gradebook that knows the assignments.
    """
    files = {CONFIG_FILE: (root / CONFIG_FILE).read_bytes(), GRADEBOOK: database}
    for folder in COURSE_FOLDERS:
        files |= {str(path.relative_to(root)): path.read_bytes() for path in files_of(root / folder)}
    for name in DECLARED:
        files |= {str(path.relative_to(root)): path.read_bytes() for path in (root / "assignments").glob(f"*/{name}")}
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(files):
            packed.writestr(zipfile.ZipInfo(name, _DATE), files[name], zipfile.ZIP_DEFLATED)
    data = archive.getvalue()
    return Bundle(data, digest_of_bytes(data), versions())


def unpack(data: bytes, digest: str, folder: Path) -> None:
    """Put the files of a bundle into an empty folder; :class:`Damaged` where they are not those of the digest."""
    if digest_of_bytes(data) != digest:
        raise Damaged("the files of the course did not arrive as they were sent")
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        packed.extractall(folder)


def digest_of_bytes(data: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


@cache
def versions() -> dict[str, str]:
    """What this machine would grade with, by its name."""
    found = {PYTHON: platform.python_version(), PACKAGE: _package()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = MISSING
    return found


def difference(theirs: dict[str, str], ours: dict[str, str]) -> str:
    """In words, the first thing that another machine has in another version; empty where it grades as this one does."""
    for name, wanted in ours.items():
        found = theirs.get(name, MISSING)
        if found != wanted and name == PACKAGE:
            return "it has another version of the course's package"
        if found != wanted:
            return f"it has {name} {found}, and {wanted} is needed here" if found != MISSING else f"it has no {name}"
    return ""


def _package() -> str:
    """A digest of the two packages as they are installed."""
    folders = [Path(package.__file__ or "").parent for package in (autograder, matrix_checks)]
    return " ".join(digest_of(folder, [folder]) for folder in folders)
