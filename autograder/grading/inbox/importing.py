"""A learning management system's download becomes ``submitted/<student>/<assignment>/``; the download is never changed."""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from nbgrader.api import Gradebook

from autograder.course.assignment import Assignment
from autograder.grading.gradebooks import require_gradebook, sqlite_file
from autograder.grading.inbox.archives import Refused, shown
from autograder.grading.inbox.finding import Found, Wanted, find_notebook, passed_over, wanted_of
from autograder.grading.inbox.names import MOODLE, Roster, is_class_download
from autograder.grading.inbox.placing import STAMP, Submission, place, time_of_stamp
from autograder.grading.inbox.returning import Return, remember, return_of
from autograder.grading.inbox.sources import alone, is_zip, opened
from autograder.grading.inbox.students import Student, by_student

# Times of different students that all lie closer than this are those of packing.
_PACKED_AT_ONCE = 120.0
# What browsers and Colab add to the name of a notebook.
_ADDED = re.compile(r"(?: \(\d+\))?(\.ipynb)(?:\.txt|\.json)?$", re.IGNORECASE)


def read_wanted(root: Path, assignments: Iterable[Assignment]) -> dict[str, Wanted]:
    """By assignment, what makes a notebook its own.

    Parameters
    ----------
    root
        The course, built.
    assignments
        Its assignments.
    """
    found = {}
    for assignment in assignments:
        name = f"{assignment.notebook}.ipynb"
        instructor, released = (root / folder / assignment.identifier / name for folder in ("source", "release"))
        shipped = frozenset(path.name for path in released.parent.iterdir() if path.is_file())
        found[assignment.identifier] = wanted_of(
            assignment.identifier, name, instructor.read_bytes(), released.read_bytes(), shipped - {name}
        )
    return found


def roster_of_gradebook(db_url: str) -> Roster | None:
    """The students of whom nbgrader's gradebook knows more than an id; None where it knows of none.

    Parameters
    ----------
    db_url
        The gradebook.
    """
    require_gradebook(db_url)
    file = sqlite_file(db_url)
    if file is not None and not file.exists():
        return None
    roster = Roster()
    with Gradebook(db_url) as gradebook:
        for student in gradebook.students:
            if student.last_name or student.email or student.lms_user_id:
                columns = ("id", "first_name", "last_name", "email", "lms_user_id")
                roster.add({column: getattr(student, column) or "" for column in columns})
    return roster if roster.ids else None


def find_drops(submitted: Path) -> list[Path]:
    """What was put into ``submitted/`` as a system gave it: zip files, loose files, Moodle's folders, folders that hold those.

    Parameters
    ----------
    submitted
        The folder of the submissions.
    """
    drops = []
    for path in sorted(submitted.iterdir()):
        if path.name.startswith(".") or path.is_symlink():
            continue
        if path.is_dir():
            if MOODLE.fullmatch(path.name) or any(MOODLE.fullmatch(name) for name in _names(path)):
                drops.append(path)
        elif path.is_file() and (".ipynb" in path.name.lower() or is_zip(path)):
            drops.append(path)
    return drops


def import_submissions(
    source: Path,
    submitted: Path,
    assignments: Iterable[Assignment],
    wanted: Mapping[str, Wanted],
    roster: Roster | None = None,
    say: Callable[[str], None] = print,
) -> list[str]:
    """Sort a download into ``submitted/``.

    Parameters
    ----------
    source
        A zip file or a folder as a system gives it, or one student's file.
    submitted
        Receives ``<student>/<assignment id>/`` with the files and, where the time is known, ``timestamp.txt``.
    assignments
        The course's assignments.
    wanted
        By assignment id, what makes a notebook its own.
    roster
        The class; without it, a student's id is the name in the download.
    say
        Told of each submission that was placed.

    Returns
    -------
    list
        What should be known, a sentence each.
    """
    # The name of a folder given as "." matters, too.
    source, submitted = source.resolve(), submitted.resolve()
    if submitted.is_relative_to(source):
        return [f"{shown(source.name)} holds the folder of the submissions itself, so nothing was taken from it."]
    remarks: list[str] = []
    notebooks = {identifier: each.notebook for identifier, each in wanted.items()}
    nested: list[Path] = []
    try:
        with opened(source, remarks) as entries:
            if source.is_dir():
                nested = [path for entry in entries if _holds_a_class(path := source.parent / entry.path, source, notebooks)]
            kept = [entry for entry in entries if source.parent / entry.path not in nested and _is_handed_in(entry.path)]
            run = _Run(source, submitted, {each.identifier: each.title for each in assignments}, wanted, say)
            unclear: list[str] = []
            students = by_student(kept, notebooks, roster, unclear)
            if not students and not source.is_dir():
                # One student's archive: its own name tells whose.
                students = by_student([alone(source)], notebooks, roster, unclear := [])
            remarks += unclear + run.take(students)
    except Refused as error:
        remarks.append(str(error))
    except OSError as error:
        remarks.append(f"{shown(source.name)} cannot be read: {error.strerror}.")
    for path in nested:
        remarks += import_submissions(path, submitted, assignments, wanted, roster, say)
    return remarks


class _Run:
    """One run over one download."""

    def __init__(
        self, source: Path, submitted: Path, titles: dict[str, str], wanted: Mapping[str, Wanted], say: Callable[[str], None]
    ) -> None:
        self.source, self.submitted, self.titles, self.wanted, self.say = source, submitted, titles, wanted, say
        self.seen: set[str] = set()
        self.remarks: list[str] = []
        self.returns: dict[str, Return] = {}
        self.number = 0
        self.times_count = False

    def take(self, students: list[Student]) -> list[str]:
        """Place everything; those whose assignment no cell tells come last, when those of the others are known."""
        self.times_count = self._times_count(students)
        unclear = [student for student in students if not self._take(student, self._by_cells)]
        for student in unclear:
            if not self._take(student, self._by_names):
                names = ", ".join(shown(name) for name in sorted(student.entries)[:5])
                self.remarks.append(
                    f"{student.name}: nothing tells which assignment {names} belongs to, so it was not taken: "
                    f"put it into submitted/{student.name}/{' or '.join(self.wanted)} by hand."
                )
        remember(self.submitted, self.returns)
        self.say(f"{self.number} submission{'' if self.number == 1 else 's'} taken over from {shown(self.source.name)}.")
        return self.remarks

    def _times_count(self, students: list[Student]) -> bool:
        """Whether the times in a zip file are those of handing in, rather than those of packing or unpacking."""
        if self.source.is_dir() or not is_zip(self.source):
            return False
        times = [[entry.time for entry in student.entries.values() if entry.time is not None] for student in students]
        newest = [max(each) for each in times if each]
        packed = len(newest) > 1 and max(newest) - min(newest) < _PACKED_AT_ONCE
        if packed or any(student.origin.system == "canvas" for student in students):
            self.remarks.append(
                f"the times in {shown(self.source.name)} are those of the download, so no submission of it has a {STAMP}."
            )
            return False
        return True

    def _take(self, student: Student, which: Callable[..., dict[str, Found]]) -> bool:
        files, remarks = student.read()
        stamp = files.pop(STAMP, None)
        times = {path: time for path in files if (time := student.entries[path].time) is not None}
        found = which(student, files, times)
        for identifier, each in found.items():
            self.seen.add(identifier)
            paths = self._paths(files, identifier, each)
            # A student's own file of that name says nothing.
            stamped = time_of_stamp(stamp) if stamp and student.origin.system == "nbgrader" else None
            submission = Submission(
                student.name,
                identifier,
                {paths[path]: files[path] for path in paths},
                {paths[path]: times[path] for path in paths if path in times},
                max((times[path] for path in paths if path in times), default=None) if stamped is None else stamped,
                self.times_count or stamped is not None,
            )
            placed = place(self.submitted, submission)
            key = f"{student.name}/{identifier}"
            if placed.changed:
                self.number += 1
                self.say(f"  {key}{' (the system calls it late)' if student.origin.late else ''}")
            if (placed.changed or not placed.remarks) and (way := self._way_back(student, each.path, paths)):
                self.returns[key] = way
            self.remarks += [f"{key}: {sentence}" for sentence in placed.remarks]
        if found:
            self.remarks += [f"{student.name}: {sentence}" for sentence in remarks]
        return bool(found)

    def _way_back(self, student: Student, notebook: str | None, paths: Mapping[str, str]) -> Return | None:
        """Where feedback goes: as a rule, to the notebook."""
        path = notebook if notebook in student.entries else min(paths, default="")
        return return_of(student.origin, student.entries[path].path) if path in student.entries else None

    def _by_cells(self, student: Student, files: dict[str, bytes], times: dict[str, float]) -> dict[str, Found]:
        """The assignments whose cells are there; where none is, the one that a folder is named for."""
        found = {}
        for identifier, each in self.wanted.items():
            found[identifier] = find_notebook(files, times, each, [other for other in self.wanted.values() if other is not each])
        carried = {identifier: each for identifier, each in found.items() if each.carries}
        named = student.origin.assignment
        return {named: found[named]} if named and files and (named in carried or not carried) else carried

    def _by_names(self, student: Student, files: dict[str, bytes], _times: dict[str, float]) -> dict[str, Found]:
        """The assignment that files or folders are named for; else that of all others in the download."""
        text = " ".join([self.source.name, *(entry.path for entry in student.entries.values())]).casefold()
        words = {
            identifier: (identifier, each.notebook.removesuffix(".ipynb"), self.titles.get(identifier, identifier))
            for identifier, each in self.wanted.items()
        }
        named = [identifier for identifier in words if any(word.casefold() in text for word in words[identifier])]
        chosen = named if len(named) == 1 else list(self.seen) if len(self.seen) == 1 else []
        return {identifier: Found() for identifier in chosen if files}

    def _paths(self, files: dict[str, bytes], identifier: str, found: Found) -> dict[str, str]:
        """Where each file goes: the notebook under its right name where that is free, another assignment's nowhere."""
        paths = {path: path for path in files if path not in found.foreign}
        right = self.wanted[identifier].notebook
        if found.path in paths and right not in paths and _ADDED.sub(r"\1", found.path) == right:
            paths[found.path] = right
        return paths


def _is_handed_in(path: str) -> bool:
    below = path.partition("/")[2] or path
    return below.endswith(f"/{STAMP}") or not passed_over(below)


def _holds_a_class(path: Path, source: Path, notebooks: Mapping[str, str]) -> bool:
    """Whether a file of a folder is itself the download of a class."""
    if path.parent != source or not is_zip(path):
        return False
    try:
        with opened(path, []) as inside:
            return is_class_download([each.path for each in inside], notebooks)
    except (Refused, OSError):
        return False


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []
