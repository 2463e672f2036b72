"""Finding submissions, and one sentence for everything in ``submitted/`` that is none."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.course.assignment import Assignment
from autograder.grading.inbox.finding import Wanted, find_notebook
from autograder.grading.inbox.folder import Contents, Inode, inodes, read_folder


@dataclass(frozen=True)
class Submission:
    """One student's folder for one assignment.

    Attributes
    ----------
    student, assignment
        Their names.
    folder
        ``<submitted>/<student>/<assignment id>``, or the student's folder where the notebook lies in that.
    """

    student: str
    assignment: Assignment
    folder: Path

    @property
    def key(self) -> str:
        """``"student/assignment"``."""
        return f"{self.student}/{self.assignment.identifier}"

    @property
    def notebook(self) -> Path:
        """Where the notebook should be."""
        return self.folder / f"{self.assignment.notebook}.ipynb"


def find_submissions(
    submitted: Path, assignments: list[Assignment], wanted: Mapping[str, Wanted] | None = None, drops: Iterable[Path] = ()
) -> tuple[list[Submission], list[str]]:
    """All submissions in a folder, and one sentence for everything there that is none.

    Parameters
    ----------
    submitted
        Holds one folder for each student, and in it one for each assignment.
    assignments
        The course's assignments.
    wanted
        By assignment, what makes a notebook its own; with it, a notebook that lies in the student's folder is found, too.
    drops
        What was taken over already.
    """
    known = {assignment.identifier: assignment for assignment in assignments}
    submissions: list[Submission] = []
    remarks: list[str] = []
    dropped = set(drops)
    for path in sorted(submitted.iterdir()):
        if path.name.startswith(".") or path in dropped:
            continue
        if path.is_symlink():
            remarks.append(f"{printable(path.name)}: it is a link, and links are not followed: put the files themselves there.")
        elif not path.is_dir():
            remarks.append(
                f"{printable(path.name)}: a file that belongs to no student: put it into a folder of the student's, or use make import."
            )
        elif not path.name.isprintable():
            remarks.append(f"{printable(path.name)}: the name of the folder holds characters that cannot be shown; rename it.")
        else:
            found, said = _of_student(path, known, wanted or {})
            submissions += found
            remarks += said
    return submissions, remarks


def _of_student(student: Path, known: dict[str, Assignment], wanted: Mapping[str, Wanted]) -> tuple[list[Submission], list[str]]:
    try:
        inside = sorted(student.iterdir())
    except OSError as error:
        return [], [f"{student.name}: the folder cannot be read ({os.strerror(error.errno or 0)})."]
    submissions, remarks, others = [], [], []
    for path in inside:
        if path.name.startswith("."):
            continue
        if path.is_symlink():
            remarks.append(
                f"{student.name}/{printable(path.name)}: it is a link, and links are not followed: put the files themselves there."
            )
        elif path.is_dir() and path.name in known:
            submissions.append(Submission(student.name, known[path.name], path))
        else:
            others.append(path)
    own = {submission.assignment.identifier for submission in submissions}
    loose = _loose(student, [known[name] for name in known if name not in own], wanted) if others else []
    submissions += loose
    for path in others:
        if path.is_dir() and not loose:
            remarks.append(
                f"{student.name}/{printable(path.name)}: there is no such assignment, so this folder is not graded. "
                f"Name it {' or '.join(known)}."
            )
        elif not path.is_dir() and not loose:
            remarks.append(f"{student.name}/{printable(path.name)}: it lies in no folder of an assignment, and was not graded.")
    if not submissions and not others:
        remarks.append(f"{student.name}: the folder holds no assignment. It should hold {' or '.join(known)}.")
    return submissions, remarks


def _loose(student: Path, assignments: list[Assignment], wanted: Mapping[str, Wanted]) -> list[Submission]:
    """Submissions whose notebooks lie in the student's own folder, or in one of another name."""
    assignments = [assignment for assignment in assignments if assignment.identifier in wanted]
    if not assignments:
        return []
    handed = read_folder(student)
    files = {name: content for name, content in handed.files.items() if name.split("/")[0] not in wanted}
    found = []
    for assignment in assignments:
        others = [each for name, each in wanted.items() if name != assignment.identifier]
        if find_notebook(files, handed.times, wanted[assignment.identifier], others).carries:
            found.append(Submission(student.name, assignment, student))
    return found


def read_files(submission: Submission, foreign: frozenset[Inode] = frozenset(), passed_over: Iterable[str] = ()) -> Contents:
    """What was handed in for a submission: the files of its folder.

    Parameters
    ----------
    submission
        Which.
    foreign
        Files of the course's and of other students'.
    passed_over
        Names of folders of other assignments, where the submission is the student's whole folder.
    """
    handed = read_folder(submission.folder, foreign)
    if submission.folder.name == submission.assignment.identifier:
        return handed
    others = set(passed_over)
    for name in [name for name in handed.files if name.split("/")[0] in others]:
        del handed.files[name], handed.times[name]
    return handed


def foreign_files(root: Path, submissions: list[Submission]) -> frozenset[Inode]:
    """Files that are nobody's own answer: the course's, and those of one student that another one has under a second name."""
    course = inodes(*(root / name for name in ("source", "solutions", "assignments", "release", "examples")))
    owners: dict[Inode, str] = {}
    shared = set()
    for submission in submissions:
        for inode in inodes(submission.folder):
            if owners.setdefault(inode, submission.student) != submission.student:
                shared.add(inode)
    return course | frozenset(shared)


def printable(text: str) -> str:
    """A text in which nothing speaks to the terminal, whoever wrote it."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
