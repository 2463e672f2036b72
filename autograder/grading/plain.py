"""What plain ``nbgrader autograde`` does differently in this course; ``nbgrader_config.py`` puts it in place.

Lateness counts from the end of an extension, and is not known where the time of handing in cannot be read.
"""

import functools
import glob
import os
import sys
from collections.abc import Callable
from datetime import datetime
from fnmatch import fnmatch
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.converters import Autograde, base
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory

from autograder.course.assignment import Assignment, read_assignments
from autograder.grading.extensions import FILE as EXTENSIONS
from autograder.grading.extensions import Extensions
from autograder.grading.inbox.folder import inodes, is_link, safe_files
from autograder.grading.lateness import UnreadableTimestamp, read_timestamp

# What a method has that was wrapped already.
ADAPTED = "adapted"


def adapt_nbgrader() -> None:
    """Let a ``timestamp.txt`` that cannot be read cost no submission its marks, and let ``extensions.csv`` count.

    ``CourseDirectory.get_existing_timestamp`` of nbgrader 0.9 calls a method ``fail`` that it does not have, and lets errors of
    decoding and of time zones through; ``Autograde.init_assignment`` then loses the whole submission. No setting of nbgrader's
    chooses either class, and its hooks are not told the student: so both methods are wrapped.

    nbgrader also calls ``alembic`` by its bare name, and would miss it in an environment that is not activated.
    """
    programs = str(Path(sys.executable).parent)
    if programs not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([programs, os.environ.get("PATH", "")])
    if not hasattr(CourseDirectory.get_existing_timestamp, ADAPTED):
        base.glob = SimpleNamespace(glob=_found_by_name_too)
        CourseDirectory.get_existing_timestamp = _tolerant(CourseDirectory.get_existing_timestamp)
        Autograde.init_assignment = _informed(_within_bounds(Autograde.init_assignment))


def _found_by_name_too(pattern: str) -> list[str]:
    """As ``glob.glob``; a folder that is found has its notebooks, even if there are brackets in its name.

    ``BaseConverter.init_notebooks`` of nbgrader 0.9 makes a pattern of the folder that it has found, as it is.
    """
    folder, name = os.path.split(pattern)
    return glob.glob(pattern) or (glob.glob(os.path.join(glob.escape(folder), name)) if os.path.isdir(folder) else [])


def _tolerant(original: Callable[..., Any]) -> Callable[..., datetime | None]:
    @functools.wraps(original)
    def get_existing_timestamp(self: CourseDirectory, dest_path: str) -> datetime | None:
        try:
            return read_timestamp(Path(dest_path))
        except UnreadableTimestamp as error:
            self.log.warning("%s: %s", dest_path, error)
            return None

    setattr(get_existing_timestamp, ADAPTED, True)
    return get_existing_timestamp


def _informed(original: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(original)
    def init_assignment(self: Autograde, assignment_id: str, student_id: str) -> None:
        original(self, assignment_id, student_id)
        root, folder = Path(self.coursedir.root), Path(self._format_source(assignment_id, student_id))
        assignments = _assignments(root)
        assignment = next((each for each in assignments if each.identifier == assignment_id), None)
        # A worker of `make grade` has a folder without either, and was told of both.
        extensions = Extensions(root, assignments) if assignment else None
        if extensions is None and _is_readable(folder):
            return
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            submission = gradebook.find_submission(assignment_id, student_id)
            if not _is_readable(folder):
                # nbgrader would keep that of an earlier submission.
                submission.timestamp = None
            if extensions is not None and assignment is not None:
                submission.extension = extensions.of(student_id, assignment, submission.extension)
            gradebook.db.commit()

    return init_assignment


def _within_bounds(original: Callable[..., None]) -> Callable[..., None]:
    """Of a submission's folder, only ordinary files that lie in it: ``BaseConverter.init_assignment`` of nbgrader 0.9 copies what
    links lead to, and waits for ever for a pipe."""

    @functools.wraps(original)
    def init_assignment(self: Autograde, assignment_id: str, student_id: str) -> None:
        root, folder = Path(self.coursedir.root), Path(self._format_source(assignment_id, student_id))
        if is_link(folder, root / self.coursedir.submitted_directory):
            raise NbGraderException(f"{folder} is a link, and links are not followed: put the files themselves there.")
        foreign = inodes(*(root / name for name in ("source", "solutions", "assignments")))
        files = {str(path) for path in safe_files(folder, foreign)}
        self.notebooks = [notebook for notebook in self.notebooks if notebook in files]
        if not self.notebooks:
            raise NbGraderException(f"{folder} holds no notebook that is an ordinary file, so there is nothing to grade.")
        found, base.find_all_files = base.find_all_files, functools.partial(_safe_of, str(folder), files, base.find_all_files)
        try:
            original(self, assignment_id, student_id)
        finally:
            base.find_all_files = found

    return init_assignment


def _safe_of(
    folder: str, files: set[str], original: Callable[..., list[str]], path: str, exclude: list[str] | None = None
) -> list[str]:
    """nbgrader's list of the files below a folder; of a submission's, those that may be copied."""
    if str(Path(path)) != folder:
        return original(path, exclude)
    ignored = exclude or []
    return sorted(each for each in files if not any(fnmatch(Path(each).name, pattern) for pattern in ignored))


def _assignments(root: Path) -> list[Assignment]:
    return read_assignments(root) if (root / EXTENSIONS).exists() and (root / "assignments").is_dir() else []


def _is_readable(folder: Path) -> bool:
    try:
        read_timestamp(folder)
    except UnreadableTimestamp:
        return False
    return True
