"""What plain ``nbgrader autograde`` does differently in this course; ``nbgrader_config.py`` puts it in place."""

import functools
from datetime import datetime
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory

from autograder.grading.lateness import UnreadableTimestamp, read_timestamp


def adapt_nbgrader() -> None:
    """Let a ``timestamp.txt`` that cannot be read cost no submission its marks.

    ``CourseDirectory.get_existing_timestamp`` of nbgrader 0.9 calls a method ``fail`` that it does not have, and lets errors of
    decoding and of time zones through; ``Autograde.init_assignment`` then loses the whole submission. No setting of nbgrader's
    chooses either class, and its hooks are not told the student: so both methods are wrapped.
    """
    if not hasattr(CourseDirectory.get_existing_timestamp, "original"):
        CourseDirectory.get_existing_timestamp = _tolerant(CourseDirectory.get_existing_timestamp)
        Autograde.init_assignment = _informed(Autograde.init_assignment)


def _tolerant(original):
    @functools.wraps(original)
    def get_existing_timestamp(self: CourseDirectory, dest_path: str) -> datetime | None:
        try:
            return read_timestamp(Path(dest_path))
        except UnreadableTimestamp as error:
            self.log.warning("%s: %s", dest_path, error)
            return None

    get_existing_timestamp.original = original
    return get_existing_timestamp


def _informed(original):
    @functools.wraps(original)
    def init_assignment(self: Autograde, assignment_id: str, student_id: str) -> None:
        original(self, assignment_id, student_id)
        try:
            read_timestamp(Path(self._format_source(assignment_id, student_id)))
        except UnreadableTimestamp:
            # nbgrader would keep that of an earlier submission.
            with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
                gradebook.find_submission(assignment_id, student_id).timestamp = None
                gradebook.db.commit()

    return init_assignment
