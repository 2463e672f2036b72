"""What a run says in the end: the marks of the class, whose marks changed, and what is to be known."""

from collections.abc import Callable
from dataclasses import dataclass

from nbgrader.apps import NbGraderAPI

from autograder.course.course import Course
from autograder.grading.marks import read_all_marks, table
from autograder.grading.records import export
from autograder.grading.submissions import Submission, printable


@dataclass(frozen=True)
class Report:
    """What there is to say.

    Attributes
    ----------
    course, api, submissions
        The class.
    remarks
        By ``"student/assignment"``.
    strays
        A sentence each for what is no submission.
    changed
        A line each for a submission whose points changed.
    """

    course: Course
    api: NbGraderAPI
    submissions: list[Submission]
    remarks: dict[str, list[str]]
    strays: list[str]
    changed: list[str]


def report(what: Report, say: Callable[[str], None]) -> None:
    """Print the tables and all remarks, and write ``grades.csv``."""
    students = sorted({submission.student for submission in what.submissions})
    with what.api.gradebook as gradebook:
        for assignment in what.course.assignments:
            own = {submission.student for submission in what.submissions if submission.assignment == assignment}
            marks = read_all_marks(gradebook, assignment)
            rows = [(student, marks.get(student) if student in own else None) for student in students]
            say("\n" + table(assignment, rows))
        export(what.course.root, gradebook)
    if what.changed:
        say("\nPoints for code that this run changed:\n" + "\n".join(f"  {printable(line)}" for line in what.changed))
    notable = [f"{key}: {sentence}" for key, sentences in sorted(what.remarks.items()) for sentence in sentences]
    if notable or what.strays:
        say("\nTo know:")
        for sentence in map(printable, [*notable, *what.strays]):
            say(f"  {sentence}")
    say(
        "\n+? marks write-ups that wait for a person. "
        f"Written: autograded/, feedback/, grades.csv ({len(what.submissions)} submissions)."
    )
