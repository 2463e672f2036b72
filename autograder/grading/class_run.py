"""One run over a class: what is known of its submissions, which of them are to be graded, and what becomes of them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from nbgrader.apps import NbGraderAPI

from autograder.course.course import Course
from autograder.grading.by_hand import texts
from autograder.grading.extensions import Extensions
from autograder.grading.inbox.folder import Contents
from autograder.grading.lateness import Handed, handed_in
from autograder.grading.lateness import remarks as lateness
from autograder.grading.records import record
from autograder.grading.remarks import few
from autograder.grading.renewal import renew
from autograder.grading.results import Job, Result
from autograder.grading.standing import Standing, page_fingerprint, read_name, read_standing, read_standings
from autograder.grading.state import State, course_fingerprint, fingerprint
from autograder.grading.submissions import Submission, foreign_files, printable, read_files
from autograder.grading.worker import read_job


class ClassRun:
    """What one run knows of each submission, by ``"student/assignment"``.

    Parameters
    ----------
    course
        The course.
    submissions
        Those that this run looks at.
    extensions
        Which students have more time.
    state
        What earlier runs graded.
    again
        Whether unchanged submissions are graded, too.
    say
        Told of the progress.

    Attributes
    ----------
    new
        The submissions that were not graded as they are now.
    remarks
        What is to be known about a submission, a sentence each.
    failed
        Those at which this machine failed.
    before, after
        The points for code before the run and after it, of those that the gradebook has.
    """

    def __init__(
        self,
        course: Course,
        submissions: list[Submission],
        extensions: Extensions,
        state: State,
        again: bool,
        say: Callable[[str], None],
    ):
        self._course, self._submissions, self._extensions, self._state, self._say = course, submissions, extensions, state, say
        self._by_assignment = {
            assignment.identifier: course_fingerprint(course.root, assignment.identifier) for assignment in course.assignments
        }
        self._foreign = foreign_files(course.root, submissions)
        self._fingerprints = {
            submission.key: fingerprint(self._contents(submission), self._by_assignment[submission.assignment.identifier])
            for submission in submissions
        }
        self.new = [each for each in submissions if again or not state.is_current(each.key, self._fingerprints[each.key])]
        self.remarks: dict[str, list[str]] = {}
        self.failed: list[str] = []
        self.before: dict[str, float] = {}
        self.after: dict[str, float] = {}
        self._known: dict[str, Standing] = {}
        self._handed: dict[str, Handed] = {}
        self._done = 0

    def to_grade(self, api: NbGraderAPI) -> list[Submission]:
        """The submissions that are to be graded; of the others, pages are renewed where their marks changed."""
        found, standings = [], _standings(api, self._submissions)
        for submission in self._submissions:
            recorded = self._look_up(submission, standings.get(submission.key))
            if recorded:
                self.before[submission.key] = self._known[submission.key].code
            if submission in self.new or not recorded:
                found.append(submission)
            else:
                self._keep(api, submission)
        return found

    def read(self, api: NbGraderAPI, submission: Submission) -> Job:
        """A submission as a worker is given it, with what a person may have marked since the run began."""
        with api.gradebook as gradebook:
            self._look_up(submission, read_standing(gradebook, submission.assignment, submission.student))
            known = self._known[submission.key]
            name = known.name or read_name(gradebook, submission.student)
        seen = known.seen(self._texts(submission))
        job = read_job(submission, known.marks, self._handed[submission.key], seen, self._contents(submission))
        return replace(job, name=name)

    def take(self, api: NbGraderAPI, submission: Submission, result: Result) -> None:
        """Put a result into the gradebook and into place."""
        key, known = submission.key, self._known[submission.key]
        result.remarks = [printable(sentence) for sentence in few(result.remarks)]
        self.remarks[key] = result.remarks
        if result.failure_of_machine:
            self.failed.append(key)
            self._tell(key, "NOT GRADED, run again")
            return
        marked = {} if result.graded else self._texts(submission)
        if not result.graded and known.seen({}):
            result.remarks.append("what a person gave for an earlier submission still counts")
        record(self._course.root, api, result, self._handed[key])
        page = page_fingerprint(known.marks, _standing(api, submission) or Standing())
        self._state.record(key, self._fingerprints[key], result.remarks, page, marked)
        self._tell(key, _outcome(result))

    def finish(self, api: NbGraderAPI) -> None:
        """Note what the gradebook has of each submission in the end, and how late it came."""
        self._state.settle()
        standings = _standings(api, self._submissions)
        for submission in self._submissions:
            standing = standings.get(submission.key)
            if standing is not None:
                late = lateness(submission.folder, standing.seconds_late, standing.penalty)
                self.after[submission.key] = standing.code
                self.remarks[submission.key] = self.remarks[submission.key] + late

    def _keep(self, api: NbGraderAPI, submission: Submission) -> None:
        """Take over what an earlier run found of a submission."""
        key, known, handed = submission.key, self._known[submission.key], self._handed[submission.key]
        self.remarks[key] = self._state.remarks(key)
        if self._state.page(key) == page_fingerprint(known.marks, replace(known, handed=handed)):
            self._tell(key, "unchanged")
            return
        self.remarks[key] = self.remarks[key] + renew(self._course, api, submission, handed)
        self._state.record_page(key, page_fingerprint(known.marks, _standing(api, submission) or Standing()))
        self._tell(key, "graded already; its page was renewed, because its marks had changed")

    def _look_up(self, submission: Submission, standing: Standing | None) -> bool:
        """Note what the gradebook knows, and when the submission came; whether it is in the gradebook at all."""
        known = standing or Standing()
        extension = self._extensions.of(submission.student, submission.assignment, known.handed.extension)
        self._known[submission.key] = known
        self._handed[submission.key] = handed_in(submission.folder, known.handed, extension)
        return standing is not None

    def _contents(self, submission: Submission) -> Contents:
        return read_files(submission, self._foreign, self._by_assignment)

    def _texts(self, submission: Submission) -> dict[str, str]:
        """Fingerprints of the texts that a person finds in Formgrader."""
        path = self._course.root / "autograded" / submission.student / submission.assignment.identifier / submission.notebook.name
        return _texts_of(path) or self._state.texts(submission.key)

    def _tell(self, key: str, what: str) -> None:
        self._done += 1
        total = len(self._submissions)
        self._say(f"[{self._done:>{len(str(total))}}/{total}] {key}: {what}")


def _texts_of(path: Path) -> dict[str, str]:
    return texts(path.read_bytes()) if path.is_file() else {}


def _standing(api: NbGraderAPI, submission: Submission) -> Standing | None:
    with api.gradebook as gradebook:
        return read_standing(gradebook, submission.assignment, submission.student)


def _standings(api: NbGraderAPI, submissions: list[Submission]) -> dict[str, Standing]:
    """What the gradebook holds of a class, by ``"student/assignment"``."""
    found = {}
    with api.gradebook as gradebook:
        for assignment in {submission.assignment.identifier: submission.assignment for submission in submissions}.values():
            standings = read_standings(gradebook, assignment)
            found.update({f"{student}/{assignment.identifier}": standing for student, standing in standings.items()})
    return found


def _outcome(result: Result) -> str:
    if not result.graded:
        return "NOT GRADED"
    code = sum(grade.auto_score or 0 for name, grade in result.grades.items() if name.startswith("check_"))
    return f"{code:g} of {result.assignment.points['code']:g} points for code"
