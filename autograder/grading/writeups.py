"""What the reader of derivations suggests for a write-up, put where nbgrader shows it; a person decides.

The suggested points stand in the comment and not in the score: nbgrader counts every score that it has, and nothing shall
count for which nobody has answered.
"""

from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool

from autograder.grading.reading import NOT_READ, declared, report_on
from autograder.grading.remarks import waiting
from matrix_checks.derivations.judging.display import summary
from matrix_checks.derivations.judging.report import Report
from matrix_checks.derivations.judging.verdicts import HOLDS
from matrix_checks.derivations.notebooks import is_written
from matrix_checks.derivations.values.exercise import FILE

HALVES = 2
# So many different steps that hold are the least of a derivation.
STEPS_PER_ANSWER = 3


class SuggestWriteups(NbGraderPreprocessor):
    """Suggests points and a comment for each write-up. It stands behind ``SaveAutoGrades``, which makes the entries."""

    accept_complete = Bool(
        False,
        help="Give all points without a person where every step of a write-up holds and its answers are reached.",
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Called by nbconvert; returns the notebook and the resources."""
        place = resources["nbgrader"]
        course = CourseDirectory(config=self.config)
        file = Path(course.format_path(course.source_directory, ".", place["assignment"])).resolve() / FILE
        exercises = declared(file)
        cells = [cell for cell in nb.cells if _name(cell) in exercises]
        unread = waiting(nb)
        if cells or unread:
            with Gradebook(place["db_url"], course.course_id) as gradebook:
                for cell in cells:
                    if is_written(cell.source):
                        self._suggest(gradebook, place, cell, report_on(file, _name(cell), cell.source))
                for name, why in unread.items():
                    self._let_wait(gradebook, (name, place["notebook"], place["assignment"], place["student"]), why)
                gradebook.db.commit()
        return nb, resources

    def _let_wait(self, gradebook: Gradebook, key: tuple[str, str, str, str], why: str) -> None:
        """A write-up that a person must look for: it is worth nothing and waits, where nbgrader would have it worth nothing at all."""
        grade, comment = gradebook.find_grade(*key), gradebook.find_comment(*key)
        grade.auto_score, grade.needs_manual_grade = None, True
        comment.auto_comment = why

    def _suggest(self, gradebook: Gradebook, place: dict, cell: NotebookNode, report: Report | None) -> None:
        key = (_name(cell), place["notebook"], place["assignment"], place["student"])
        grade, comment = gradebook.find_grade(*key), gradebook.find_comment(*key)
        if comment.auto_comment == "No response.":
            return
        if report is None:
            comment.auto_comment = NOT_READ
            return
        most = float(cell.metadata["nbgrader"]["points"])
        accepted = self.accept_complete and report.complete and is_derived(report) and grade.manual_score is None
        if accepted:
            grade.auto_score, grade.needs_manual_grade = most, False
        comment.auto_comment = suggestion(report, suggested_points(report, most), most, accepted)


def is_derived(report: Report) -> bool:
    """Whether there is a derivation before the answers: an answer alone is accepted by nobody but a person."""
    steps = {(step.left.strip(), step.right.strip()) for step in report.steps if step.verdict == HOLDS}
    telling = [step for step in steps if step[0] != step[1]]
    return len(telling) >= STEPS_PER_ANSWER * max(len(report.answers), 1)


def suggested_points(report: Report, points: float) -> float:
    """The suggestion, in halves of a point."""
    return round(report.share * points * HALVES) / HALVES


def suggestion(report: Report, points: float, most: float, accepted: bool) -> str:
    """The comment at the write-up's cell."""
    if not report.steps:
        return f"No suggestion: nothing in it could be read; a person decides. {summary(report)}"
    who = (
        "accepted, because every step holds and the answer is reached" if accepted else "a suggestion by machine; a person decides"
    )
    return f"{points:g} of {most:g} points, {who}. {summary(report)}"


def _name(cell: NotebookNode) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id", "") if cell.cell_type == "markdown" else ""
