"""Pages and penalties made again where marks by hand, or the time that a student had, changed: no student's code runs for it."""

import tempfile
from pathlib import Path

from nbgrader.apps import NbGraderAPI

from autograder.course.course import Course
from autograder.course.release import nbgrader_api, quiet_nbgrader
from autograder.course.student_wheel import WHEEL
from autograder.files import files_of
from autograder.grading.lateness import Handed, assign_penalty
from autograder.grading.patterns import pattern_of
from autograder.grading.records import put_in_place
from autograder.grading.submissions import Submission
from autograder.grading.worker import last_line


def renew(course: Course, api: NbGraderAPI, submission: Submission, handed: Handed) -> list[str]:
    """Make the penalty and the page of a submission again from what the gradebook now holds.

    Parameters
    ----------
    course
        Its configuration says how a page is made.
    api
        With the course's gradebook.
    submission
        Which.
    handed
        When it came and until when it might.

    Returns
    -------
    list[str]
        What went wrong, a sentence each.
    """
    identifier, student = submission.assignment.identifier, submission.student
    with api.gradebook as gradebook:
        own = gradebook.find_submission(identifier, student)
        own.timestamp, own.extension = handed.timestamp, handed.extension
        gradebook.db.commit()
    assign_penalty(api, submission.assignment, student)
    autograded = course.root / "autograded" / student / identifier
    if not autograded.is_dir():
        return []
    # Alone in a folder: nbgrader takes a name such as * for all that are there.
    with tempfile.TemporaryDirectory(prefix="pages-") as scratch:
        link = Path(scratch) / "autograded" / student / identifier
        link.parent.mkdir(parents=True)
        link.symlink_to(autograded)
        config = course.config_with(api.coursedir.db_url)
        config.CourseDirectory.ignore = [*api.coursedir.ignore, WHEEL]
        with quiet_nbgrader():
            outcome = nbgrader_api(Path(scratch), config).generate_feedback(identifier, pattern_of(student), force=True)
        if not outcome["success"]:
            return [f"its page could not be renewed: {last_line(outcome)}"]
        made = Path(scratch) / "feedback" / student / identifier
        put_in_place(
            course.root / "feedback" / student / identifier,
            {str(path.relative_to(made)): path.read_bytes() for path in files_of(made)},
        )
    return []
