"""What the reader of derivations suggests for a write-up, put where nbgrader shows it; a person decides.

The suggested points stand in the comment and not in the score: nbgrader counts every score that it has, and nothing shall
count for which nobody has answered.
"""

import json
from functools import cache
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Float

from autograder.course.watchdog import TooMuchTime, bounded_time
from autograder.writeups.display import summary
from autograder.writeups.exercise import FILE, Exercise, read_exercises
from autograder.writeups.judge import read_writeup
from autograder.writeups.notebooks import is_written
from autograder.writeups.report import Report

HALVES = 2
NOT_READ = "Not read: it took too long. A person decides."


class SuggestWriteups(NbGraderPreprocessor):
    """Suggests points and a comment for each write-up. It stands behind ``SaveAutoGrades``, which makes the entries."""

    accept_complete = Bool(
        False,
        help="Give all points without a person where every step of a write-up holds and its answers are reached.",
    ).tag(config=True)

    seconds = Float(
        30,
        help="Seconds of processor time for one write-up; whatever takes longer is left to a person.",
    ).tag(config=True)

    def preprocess(self, nb, resources):
        """Called by nbconvert; returns the notebook and the resources."""
        place = resources["nbgrader"]
        course = CourseDirectory(config=self.config)
        exercises = declared(Path(course.format_path(course.source_directory, ".", place["assignment"])).resolve() / FILE)
        written = [cell for cell in nb.cells if _name(cell) in exercises and is_written(cell.source)]
        if written:
            with Gradebook(place["db_url"], course.course_id) as gradebook:
                for cell in written:
                    self._suggest(gradebook, place, cell, self._read(cell.source, exercises[_name(cell)]))
                gradebook.db.commit()
        return nb, resources

    def _read(self, source: str, exercise: Exercise) -> Report | None:
        """The report on a write-up; `None` where it takes too long."""
        try:
            with bounded_time(self.seconds):
                return read_writeup(source, exercise)
        except TooMuchTime:
            for view in exercise.views:
                # What is kept for the write-ups that follow may have been left half made.
                view.lasting.clear()
            return None

    def _suggest(self, gradebook: Gradebook, place: dict, cell, report: Report | None) -> None:
        key = (_name(cell), place["notebook"], place["assignment"], place["student"])
        grade, comment = gradebook.find_grade(*key), gradebook.find_comment(*key)
        if comment.auto_comment == "No response.":
            return
        if report is None:
            comment.auto_comment = NOT_READ
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


@cache
def declared(file: Path) -> dict[str, Exercise]:
    """The exercises of an assignment; none where it declares none."""
    try:
        return read_exercises(file)
    except FileNotFoundError:
        return {}
    except (KeyError, ValueError, json.JSONDecodeError) as error:
        raise ValueError(f"{file} cannot be read: build the course again.") from error


def _name(cell) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id", "") if cell.cell_type == "markdown" else ""
