"""Whose a handed-in file is, from the names that learning management systems give to folders and files."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from autograder.grading.inbox.recognising import decoded

MOODLE = re.compile(r"(?P<student>[^/]+?)_(?P<number>\d+)_assignsubmission_(?:file|onlinetext)(?:_(?P<file>[^/]*))?")
CANVAS = re.compile(r"(?P<student>[^/_]+)(?P<late>_LATE)?_(?P<number>\d+)_(?P<attachment>\d+)_(?P<file>[^/]+)", re.IGNORECASE)
DRIVE = re.compile(r"(?P<student>[^/]+?) - (?P<file>[^/]+)")
# The same for nbgrader's own zip_collect, in one expression: it looks at notebooks only, by their whole path.
ZIP_COLLECT = (
    r".+/(?P<student_id>[^/]+?)"
    r"(?:_\d+_assignsubmission_file_?/(?:.+/)?|_\d+_assignsubmission_file_|(?:_(?:LATE|late))?_\d+_\d+_| - )"
    r"(?P<file_id>[^/]+?)(?:-\d{1,3}|\+\(\d+\)| \(\d+\))?\.ipynb$"
)
_CANVAS_ATTEMPT = re.compile(r"(?:-\d{1,3}|\+\(\d+\))(?=\.[A-Za-z]+$)")
_LONGEST_NAME = 100
_COLUMNS = {
    "id": {"id", "studentid", "username", "login", "idnumber"},
    "first_name": {"firstname", "givenname", "имя"},
    "last_name": {"lastname", "surname", "familyname", "фамилия"},
    "email": {"email", "emailaddress", "mail", "адресэлектроннойпочты"},
}


@dataclass(frozen=True)
class Origin:
    """Whose a file is, as far as names tell.

    Attributes
    ----------
    student
        The name as it stands there.
    number
        What the system calls the person, or the submission, by.
    rest
        Path and name that the student gave to the file.
    system
        ``moodle``, ``canvas``, ``drive``, ``nbgrader``, ``folder`` or ``file``.
    assignment
        The assignment's id, where a folder is named so.
    late
        Whether the system calls it late.
    """

    student: str
    rest: str
    system: str
    number: str = ""
    assignment: str | None = None
    late: bool = False


@dataclass
class Roster:
    """The class: whose a name, an address or a number is."""

    ids: list[str] = field(default_factory=list)
    _known: dict[str, set[str]] = field(default_factory=dict)

    def add(self, row: Mapping[str, str]) -> None:
        """Add a person: ``id``, and where known ``first_name``, ``last_name``, ``email``; all else are numbers of systems."""
        identifier = folder_name(row["id"])
        self.ids.append(identifier)
        first, last, email = (row.get(name) or "" for name in ("first_name", "last_name", "email"))
        names = {row["id"], email, email.partition("@")[0], first + last, last + first} if first and last else {row["id"], email}
        numbers = {value for name, value in row.items() if name not in _COLUMNS and value}
        for key in {_key(name) for name in names | numbers} - {""}:
            self._known.setdefault(key, set()).add(identifier)

    def find(self, origin: Origin) -> str | None:
        """The id of the one person on the roster that a file can be of."""
        # Moodle counts submissions, not persons, so its number may be that of somebody else.
        clues = [origin.student, origin.number] if origin.system == "moodle" else [origin.number, origin.student]
        for clue in clues:
            if len(found := self._known.get(_key(clue), set()) if clue else set()) == 1:
                return next(iter(found))
        return None


def read_roster(content: bytes) -> Roster:
    """A roster from a CSV file: a column ``id``; ``first_name``, ``last_name``, ``email``; numbers of systems in any others.

    Raises
    ------
    ValueError
        If no column holds ids.
    """
    roster = Roster()
    for person in read_people(content):
        roster.add(person)
    return roster


def read_people(content: bytes) -> list[dict[str, str]]:
    """The persons of a roster: ``id``, what is known of the names, and all other columns, named without capitals, blanks and signs.

    Raises
    ------
    ValueError
        If no column holds ids.
    """
    text = decoded(content)
    first = text.split("\n", 1)[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    try:
        header = [_column(name) for name in next(rows, [])]
        if "id" not in header:
            raise ValueError("the roster has no column id: its first line should be id,first_name,last_name,email.")
        persons = [dict(zip(header, (value.strip() for value in row), strict=False)) for row in rows]
    except csv.Error as error:
        raise ValueError(f"the roster cannot be read: {error}.") from error
    return [person for person in persons if person.get("id")]


def origins(paths: Iterable[str], notebooks: Mapping[str, str]) -> dict[str, Origin | None]:
    """Whose each file of a download is; None where no name tells.

    Parameters
    ----------
    paths
        Of all files, beginning with the download's own name: the whole of them shows which folders are students'.
    notebooks
        By assignment id, the file name of its notebook.
    """
    paths = list(paths)
    layout = _layout(paths, notebooks)
    shared = layout.shared
    found = {path: _origin(path, layout, notebooks) for path in paths}
    if shared > 1 and not any(found.values()):
        # One student's folder alone in the download: nothing but it can bear a name.
        return {path: Origin(path.split("/")[shared - 1], "/".join(path.split("/")[shared:]), "folder") for path in paths}
    return found


def folder_name(name: str) -> str:
    """A name as one folder: printable, without a slash, a leading dot or blanks at its ends; all else is kept."""
    name = unicodedata.normalize("NFC", name).replace("/", "-").replace("\\", "-")
    name = "".join(letter for letter in name if letter.isprintable()).strip().lstrip(". ")[:_LONGEST_NAME]
    # A folder's name has 255 bytes at most, and a letter up to four.
    return name.encode("utf-8", errors="ignore")[:240].decode("utf-8", errors="ignore").rstrip() or "unnamed"


def is_class_download(paths: Iterable[str], notebooks: Mapping[str, str]) -> bool:
    """Whether an archive or a folder holds the submissions of a class, rather than of one student."""
    paths = list(paths)
    found = [origin for origin in origins(paths, notebooks).values() if origin]
    if any(origin.system in ("moodle", "canvas", "drive", "nbgrader") for origin in found):
        return True
    holders = {origin.student for path, origin in zip(paths, found, strict=False) if origin.system == "folder"}
    with_notebook = {path.split("/")[-2] for path in paths if path.endswith(".ipynb") and "/" in path}
    return len(holders & with_notebook - set(notebooks)) > 1


@dataclass(frozen=True)
class _Layout:
    """What the whole of a download shows of its folders.

    Attributes
    ----------
    shared
        How many folders around everything say nothing of a student.
    several
        Folders in which files carry the names of several students, as Drive and Canvas give them.
    below
        Whether students' folders or files lie below those of assignments, rather than above them.
    """

    shared: int
    several: set[str]
    below: bool


def _origin(path: str, layout: _Layout, notebooks: Mapping[str, str]) -> Origin | None:
    parts = path.split("/")
    for place, part in enumerate(parts):
        if match := MOODLE.fullmatch(part):
            rest = "/".join([match["file"] or "", *parts[place + 1 :]]).strip("/")
            return Origin(match["student"], rest, "moodle", match["number"])
    index = _assignment_folder(parts, notebooks)
    assignment = None if index is None else parts[index]
    if index and not layout.below:
        return Origin(parts[index - 1], "/".join(parts[index + 1 :]), "nbgrader", assignment=assignment)
    own = parts[layout.shared if index is None else index + 1 :]
    while len(own) > 1 and "/".join(parts[: len(parts) - len(own) + 1]) in layout.several:
        own = own[1:]
    if len(own) > 1:
        return Origin(own[0], "/".join(own[1:]), "folder", assignment=assignment)
    if match := CANVAS.fullmatch(own[0]):
        late = bool(match["late"])
        return Origin(match["student"], _CANVAS_ATTEMPT.sub("", match["file"]), "canvas", match["number"], assignment, late)
    if match := DRIVE.fullmatch(own[0]):
        return Origin(match["student"], match["file"], "drive", assignment=assignment)
    student = _student_of_file(own[0], notebooks)
    return Origin(student, own[0], "file", assignment=assignment) if student else None


def _layout(paths: list[str], notebooks: Mapping[str, str]) -> _Layout:
    several = _folders_of_several(paths)
    return _Layout(_shared_folders(paths, notebooks), several, _students_below(paths, several, notebooks))


def _students_below(paths: list[str], several: set[str], notebooks: Mapping[str, str]) -> bool:
    parents, children = set(), set()
    for path in paths:
        parts = path.split("/")
        index = _assignment_folder(parts, notebooks)
        if index is None:
            continue
        parents.add("/".join(parts[:index]))
        if "/".join(parts[: index + 1]) in several:
            return True
        if len(parts) > index + 2:
            children.add(parts[index + 1])
        elif ".ipynb" in parts[-1].lower():
            return False
    # With one folder of assignments only, those in it are students; one alone is, where nothing above can be its name.
    return len(parents) == 1 and (len(children) > 1 or "/" not in next(iter(parents)))


def _assignment_folder(parts: list[str], notebooks: Mapping[str, str]) -> int | None:
    return next((index for index, part in enumerate(parts[:-1]) if part in notebooks), None)


def _student_of_file(name: str, notebooks: Mapping[str, str]) -> str:
    """The student in ``Lovelace_matrix_derivatives.ipynb``, ``matrix_derivatives_Lovelace.ipynb``, ``Lovelace_HW1.ipynb``."""
    stem = re.sub(r"(\.ipynb|\.zip|\.json|\.txt)+$", "", name, flags=re.IGNORECASE)
    stem = re.sub(r" ?\(\d+\)$", "", stem)
    for notebook in notebooks.values():
        known = PurePosixPath(notebook).stem
        if (place := stem.casefold().find(known.casefold())) >= 0:
            return (stem[:place] or stem[place + len(known) :]).strip(" _-.")
    return stem.partition("_")[0].strip(" -.") if stem != name else ""


def _shared_folders(paths: list[str], notebooks: Mapping[str, str]) -> int:
    """How many folders around the whole download say nothing of a student."""
    folders = [path.split("/")[:-1] for path in paths]
    number = 0
    while folders and all(len(each) > number for each in folders) and len({each[number] for each in folders}) == 1:
        if MOODLE.fullmatch(folders[0][number]):
            break
        # One student's folder alone has files, or assignments, in it, and no folders of students.
        below = [each[number + 1] for each in folders if len(each) > number + 1]
        if any(name in notebooks for name in below):
            break
        number += 1
    return number


def _folders_of_several(paths: list[str]) -> set[str]:
    names: dict[str, set[str]] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        if match := CANVAS.fullmatch(name) or DRIVE.fullmatch(name):
            names.setdefault(folder, set()).add(match["student"])
    return {folder for folder, students in names.items() if len(students) > 1}


def _column(name: str) -> str:
    key = _key(name)
    return next((column for column, names in _COLUMNS.items() if key in names), key)


def _key(name: str) -> str:
    """A name without all that systems write differently: capitals, blanks, signs, the Russian ё."""
    letters = unicodedata.normalize("NFKC", name).casefold().replace("ё", "е")
    return "".join(letter for letter in letters if letter.isalnum())
