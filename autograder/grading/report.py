"""What a run says in the end: the marks of the class, whose marks changed, and what is to be known."""

from collections.abc import Callable
from pathlib import Path

from nbgrader.apps import NbGraderAPI

from autograder.course.assignment import Assignment
from autograder.grading.marks import read_marks, table
from autograder.grading.records import export
from autograder.grading.submissions import Submission, printable


def report(
    root: Path,
    api: NbGraderAPI,
    assignments: list[Assignment],
    submissions: list[Submission],
    remarks: dict[str, list[str]],
    strays: list[str],
    changed: list[str],
    say: Callable[[str], None],
) -> None:
    """Print the tables and all remarks, and write ``grades.csv``.

    Parameters
    ----------
    root, api, assignments, submissions
        The class.
    remarks
        By ``"student/assignment"``.
    strays
        A sentence each for what is no submission.
    changed
        A line each for a submission whose points changed.
    say
        Told of it.
    """
    students = sorted({submission.student for submission in submissions})
    with api.gradebook as gradebook:
        for assignment in assignments:
            own = {submission.student for submission in submissions if submission.assignment == assignment}
            rows = [(student, read_marks(gradebook, assignment, student) if student in own else None) for student in students]
            say("\n" + table(assignment, rows))
        export(root, gradebook)
    if changed:
        say("\nPoints for code that this run changed:\n" + "\n".join(f"  {printable(line)}" for line in changed))
    notable = [f"{key}: {sentence}" for key, sentences in sorted(remarks.items()) for sentence in sentences]
    if notable or strays:
        say("\nTo know:")
        for sentence in map(printable, [*notable, *strays]):
            say(f"  {sentence}")
    say(
        f"\n+? marks write-ups that wait for a person. Written: autograded/, feedback/, grades.csv ({len(submissions)} submissions)."
    )
