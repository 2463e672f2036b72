"""The files of a download, sorted by student and, where a folder says so, by assignment."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from autograder.grading.inbox.archives import Budget, shown
from autograder.grading.inbox.names import Origin, Roster, folder_name, origins
from autograder.grading.inbox.sources import Entry

_NAMED = 20
# Folders deeper than this are of no use to anybody, and too deep for some programs.
_DEEPEST = 20


@dataclass
class Student:
    """What one download holds of one student, for one assignment where a folder says so.

    Attributes
    ----------
    name
        The student's id.
    origin
        What the names told.
    entries
        The files, by safe paths relative to the submission.
    """

    name: str
    origin: Origin
    entries: dict[str, Entry] = field(default_factory=dict)

    def read(self) -> tuple[dict[str, bytes], list[str]]:
        """What the files hold, notebooks first, within the bounds of a submission; a sentence for each thing left out."""
        budget, remarks, files = Budget(), [], {}
        ordered = sorted(self.entries.items(), key=lambda item: (".ipynb" not in item[0].lower(), item[0]))
        if len(ordered) > budget.entries:
            remarks.append(f"there are more than {budget.entries:,} files: the rest was not taken.")
        for path, entry in ordered[: budget.entries]:
            if (content := entry.read(budget, remarks)) is not None:
                files[path] = content
        return files, remarks


def by_student(entries: list[Entry], notebooks: Mapping[str, str], roster: Roster | None, remarks: list[str]) -> list[Student]:
    """The files of a download by student; namesakes that a system tells apart stay apart.

    Parameters
    ----------
    entries
        The files.
    notebooks
        By assignment id, the file name of its notebook.
    roster
        The class, where it is known.
    remarks
        Receives a sentence for whom and what nothing is known of.
    """
    found = origins([entry.path for entry in entries], notebooks)
    numbers: dict[str, set[str]] = {}
    for known in filter(None, found.values()):
        numbers.setdefault(folder_name(known.student), set()).add(known.number)
    students: dict[tuple[str, str | None], Student] = {}
    unknown: set[str] = set()
    nobodys: list[str] = []
    for entry in entries:
        origin = found[entry.path]
        if origin is None:
            nobodys.append(entry.path)
            continue
        name = roster.find(origin) if roster else None
        if name is None:
            name = folder_name(origin.student)
            if len(numbers[name]) > 1:
                name = folder_name(f"{name} ({origin.number})")
            unknown.add(name)
        student = students.setdefault((name, origin.assignment), Student(name, origin))
        student.entries[_free(origin.rest, student.entries)] = entry
    if roster:
        remarks += [f"{name} is not on the roster: the name in the download was taken as the id." for name in sorted(unknown)]
    remarks += [f"{shown(path)}: no name tells whose it is, so it was not taken." for path in nobodys[:_NAMED]]
    if len(nobodys) > _NAMED:
        remarks.append(f"no name tells whose {len(nobodys) - _NAMED} more files are.")
    return list(students.values())


def _free(path: str, taken: Mapping[str, object]) -> str:
    """A safe path that no other file has."""
    path = "/".join(folder_name(part) for part in path.split("/")[-_DEEPEST:] if part)
    folder, _, name = path.rpartition("/")
    stem, dot, suffix = name.rpartition(".")
    number, free = 2, path
    while free in taken:
        free = f"{folder}/" * bool(folder) + (f"{stem} ({number}).{suffix}" if dot else f"{name} ({number})")
        number += 1
    return free
