"""What the reader of derivations suggests for a write-up, put where nbgrader shows it; a person decides.

The suggested points stand in the comment and not in the score: nbgrader counts every score that it has, and nothing shall
count for which nobody has answered.
"""

from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool

from autograder.grading.reading import declared, report_on
from autograder.writeups.display import summary
from autograder.writeups.exercise import FILE
from autograder.writeups.notebooks import is_written
from autograder.writeups.report import Report

HALVES = 2


class SuggestWriteups(NbGraderPreprocessor):
    """Suggests points and a comment for each write-up. It stands behind ``SaveAutoGrades``, which makes the entries."""

    accept_complete = Bool(
        False,
        help="Give all points without a person where every step of a write-up holds and its answers are reached.",
    ).tag(config=True)

    def preprocess(self, nb, resources):
        """Called by nbconvert; returns the notebook and the resources."""
        place = resources["nbgrader"]
        course = CourseDirectory(config=self.config)
        file = Path(course.format_path(course.source_directory, ".", place["assignment"])).resolve() / FILE
        exercises = declared(file)
        written = [cell for cell in nb.cells if _name(cell) in exercises and is_written(cell.source)]
        if written:
            with Gradebook(place["db_url"], course.course_id) as gradebook:
                for cell in written:
                    self._suggest(gradebook, place, cell, report_on(file, _name(cell), cell.source))
                gradebook.db.commit()
        return nb, resources

    def _suggest(self, gradebook: Gradebook, place: dict, cell, report: Report) -> None:
        key = (_name(cell), place["notebook"], place["assignment"], place["student"])
        grade, comment = gradebook.find_grade(*key), gradebook.find_comment(*key)
        if comment.auto_comment == "No response.":
            return
        points = suggested_points(report, float(cell.metadata["nbgrader"]["points"]))
        accepted = self.accept_complete and report.complete and grade.manual_score is None
        if accepted:
            grade.auto_score, grade.needs_manual_grade = float(cell.metadata["nbgrader"]["points"]), False
        comment.auto_comment = suggestion(report, points, float(cell.metadata["nbgrader"]["points"]), accepted)


def suggested_points(report: Report, points: float) -> float:
    """The suggestion, in halves of a point."""
    return round(report.share * points * HALVES) / HALVES


def suggestion(report: Report, points: float, most: float, accepted: bool) -> str:
    """The comment at the write-up's cell."""
    who = "accepted, because every step holds and the answer is reached" if accepted else "a suggestion by machine; a person decides"
    return f"{points:g} of {most:g} points, {who}. {summary(report)}"


def _name(cell) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id", "") if cell.cell_type == "markdown" else ""
