"""Records a file of marks in nbgrader's gradebook, as formgrader does: what ``make marks`` does."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from nbgrader.api import Comment, Grade, Gradebook
from nbgrader.apps import NbGraderAPI

from autograder.course.assignment import Assignment
from autograder.course.course import Course
from autograder.grading.classes import ClassFolder, NothingGraded, marked_class, require_gradebook_of
from autograder.grading.gradebooks import rows, sqlite_file
from autograder.grading.locks import one_run_at_a_time, require_unlocked, silent_nbgrader, told
from autograder.grading.patches.speedups import speed_up_nbgrader
from autograder.grading.records import export
from autograder.grading.renewal import renew
from autograder.grading.standing import Standing, page_fingerprint, read_standing
from autograder.grading.state import State
from autograder.grading.submissions import Submission, printable
from autograder.reports.exports import write_exports
from autograder.reports.marks_file import GivenMark, Markable, read_marks_file

CODE = "code"


def record_marks(root: Path, file: Path, say: Callable[[str], None] = print) -> list[str]:
    """Record the marks of a file, all of them or none, and renew the pages, the penalties, ``grades.csv`` and ``exports/``.

    Parameters
    ----------
    root
        The course.
    file
        See :mod:`autograder.reports.marks_file`.
    say
        Told where this has to wait, and when the marks are in the gradebook.

    Returns
    -------
    list[str]
        What was recorded, and which page could not be renewed.

    Raises
    ------
    MarksFileError
        If anything in the file is not right; then the gradebook is as it was.
    NothingGraded
        If there is no gradebook yet.
    Refused
        If another program keeps the gradebook locked; then it is as it was.
    """
    if not file.is_file():
        raise ValueError(f"{file} is no file: make marks FROM=marks.csv")
    which = marked_class(root)
    database = sqlite_file(which.db_url)
    with one_run_at_a_time(root, say), told(getattr(database, "name", "the gradebook")):
        if database is not None and not database.exists():
            raise NothingGraded("Nothing is graded yet: run `make grade` first.")
        require_unlocked(database)
        require_gradebook_of(which)
        return _Recording(Course(root), which, say).run(file.read_bytes())


class _Recording:
    """One run."""

    def __init__(self, course: Course, which: ClassFolder, say: Callable[[str], None]):
        self._course, self._which, self._say = course, which, say
        speed_up_nbgrader()
        self._api: NbGraderAPI = course.api(which.db_url)
        self._recorded = 0
        self._unchanged = 0

    def run(self, content: bytes) -> list[str]:
        """Record what a file holds; what there is to say of it."""
        with silent_nbgrader(), self._gradebook() as gradebook:
            marks = read_marks_file(content, markable(gradebook, self._course.assignments, _handed_in(self._which.submitted)))
            try:
                changed = self._record(gradebook, marks)
                gradebook.db.commit()
            except BaseException:
                gradebook.db.rollback()
                raise
        if not changed:
            return [f"Nothing changed: {_counted(self._unchanged, 'mark')} {_is(self._unchanged)} in the gradebook already."]
        # Whoever stops it here loses no mark: the next `make grade` renews the pages that are left.
        self._say(f"The marks are in the gradebook; renewing {_counted(len(changed), 'page')} of feedback.")
        remarks = self._renew(changed)
        with self._gradebook() as gradebook:
            export(self._course.root, gradebook)
            write_exports(self._course.root, self._which, gradebook, self._course.assignments)
        students = len({submission.student for submission in changed})
        return [
            f"{_counted(self._recorded, 'mark')} of {_counted(students, 'student')} recorded; {self._unchanged} unchanged.",
            *remarks,
        ]

    def _gradebook(self) -> AbstractContextManager[Gradebook]:
        return self._api.gradebook

    def _record(self, gradebook: Gradebook, marks: list[GivenMark]) -> list[Submission]:
        """Put the marks into the gradebook; the submissions of which anything changed."""
        by_id = {assignment.identifier: assignment for assignment in self._course.assignments}
        by_submission: dict[tuple[str, str], list[GivenMark]] = {}
        for mark in marks:
            by_submission.setdefault((mark.student, mark.assignment), []).append(mark)
        changed = []
        for (student, identifier), own in by_submission.items():
            before = self._recorded
            self._record_submission(gradebook, by_id[identifier], student, own)
            if self._recorded > before:
                changed.append(Submission(student, by_id[identifier], self._which.submitted / student / identifier))
        return changed

    def _record_submission(self, gradebook: Gradebook, assignment: Assignment, student: str, marks: list[GivenMark]) -> None:
        notebook = gradebook.find_submission_notebook(assignment.notebook, assignment.identifier, student)
        grades = {name: grade for grade, name in rows(gradebook, Grade, notebook)}
        comments = {name: comment for comment, name in rows(gradebook, Comment, notebook)}
        for mark in marks:
            # Both are put in: "or" would leave out the second.
            if any([_give_points(grades[mark.cell], mark.points), _give_comment(comments[mark.cell], mark.comment)]):
                self._recorded += 1
            else:
                self._unchanged += 1

    def _renew(self, changed: list[Submission]) -> list[str]:
        """Make the penalties and the pages again, and note it, so that the next ``make grade`` need not."""
        state = State(self._course.root, self._which.name)
        remarks = []
        for submission in changed:
            standing = self._standing(submission)
            failures = renew(self._course, self._api, submission, standing.handed)
            remarks += [f"{printable(submission.key)}: {sentence}" for sentence in failures]
            if not failures and state.knows(submission.key):
                state.record_page(submission.key, page_fingerprint(standing.marks, self._standing(submission)))
        return remarks

    def _standing(self, submission: Submission) -> Standing:
        with self._gradebook() as gradebook:
            return read_standing(gradebook, submission.assignment, submission.student) or Standing()


def markable(gradebook: Gradebook, assignments: list[Assignment], handed_in: frozenset[str] = frozenset()) -> Markable:
    """What may be marked by hand, as a gradebook has it.

    Parameters
    ----------
    gradebook
        Is only read.
    assignments
        Those of the course.
    handed_in
        Students whose submissions may not be graded yet.
    """
    known = {assignment.name: assignment for assignment in gradebook.assignments}
    maximum: dict[str, dict[str, float]] = {}
    checks: dict[str, frozenset[str]] = {}
    graded = set()
    for assignment in assignments:
        name = assignment.identifier
        notebooks = [each for each in known[name].notebooks if each.name == assignment.notebook] if name in known else []
        cells = [cell for notebook in notebooks for cell in [*notebook.grade_cells, *notebook.task_cells]]
        maximum[name] = {cell.name: float(cell.max_score) for cell in cells if cell.cell_type != CODE}
        checks[name] = frozenset(cell.name for cell in cells if cell.cell_type == CODE)
        graded |= {(each.student.id, name) for each in (known[name].submissions if name in known else [])}
    students = frozenset(student.id for student in gradebook.students)
    return Markable(students | handed_in, maximum, checks, frozenset(graded))


def _handed_in(submitted: Path) -> frozenset[str]:
    folders = submitted.iterdir() if submitted.is_dir() else ()
    return frozenset(path.name for path in folders if path.is_dir() and not path.name.startswith("."))


def _give_points(grade: Grade, points: float | None) -> bool:
    """Give a score; whether that changes anything. A score that was to be looked at again is confirmed by giving it once more."""
    if points is None or (grade.manual_score == points and not grade.needs_manual_grade):
        return False
    grade.manual_score, grade.needs_manual_grade = points, False
    return True


def _give_comment(comment: Comment, text: str | None) -> bool:
    """Give a comment; whether that changes anything."""
    if text is None or comment.manual_comment == text:
        return False
    comment.manual_comment = text
    return True


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
