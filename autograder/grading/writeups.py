"""What the reader of derivations suggests for a write-up, put where nbgrader shows it; a person decides.

The suggested points stand in the comment and not in the score: nbgrader counts every score that it has, and nothing shall
count for which nobody has answered.
"""

import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool

from autograder.grading.missing import not_found
from autograder.grading.reading import NOT_READ, declared, report_on
from autograder.grading.remarks import note, noted, waiting
from autograder.pages.sizes import with_sizes_as_formulas
from matrix_checks.derivations.judging.display import summary
from matrix_checks.derivations.judging.report import Report
from matrix_checks.derivations.notebooks import is_written
from matrix_checks.derivations.values.declared_exercises import FILE

HALVES = 2
# Of the points, which the rubrics of the course give for a result of the right shape.
SHARE_OF_RESULT = 1 / 8
# What the reader says of an answer that is not there.
MISSING = "missing"
# In letters, of a reason that leads a page; it quotes what the student wrote, and a longer one stands at its step alone.
LONGEST_REASON = 400
BY_MACHINE = "a suggestion by machine; a person decides"
_SUGGESTED = re.compile(rf"[\d.e+-]+ of [\d.e+-]+ points, {BY_MACHINE}\. ")
# In the metadata of a graded notebook, beside what else was noted.
_NOTED = "derivations"


@dataclass(frozen=True)
class Derivation:
    """What the reader made of one write-up, as far as a student's page leads with it.

    Attributes
    ----------
    to_fix
        Markdown on one line: the reason at the first false step, or what is missing; empty where nothing is.
    suggested
        The points that the reader suggests, in words; for reviewers.
    """

    to_fix: str = ""
    suggested: str = ""


def derivations_of(notebook: NotebookNode) -> dict[str, Derivation]:
    """What was noted of each write-up when the notebook was graded, by ``grade_id``; nothing where another version graded it."""
    found = noted(notebook).get(_NOTED, {})
    return {name: Derivation(str(each.get("to_fix", "")), str(each.get("suggested", ""))) for name, each in found.items()}


class SuggestWriteups(NbGraderPreprocessor):
    """Suggests points and a comment for each write-up. It stands behind ``SaveAutoGrades``, which makes the entries."""

    accept_complete = Bool(
        False,
        help="Give all points without a person where every step of a write-up holds, and it answers and derives all that the rubric asks for.",
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Called by nbconvert; returns the notebook and the resources."""
        place = resources["nbgrader"]
        course = CourseDirectory(config=self.config)
        file = Path(course.format_path(course.source_directory, ".", place["assignment"])).resolve() / FILE
        exercises = declared(file)
        cells = [cell for cell in nb.cells if _name(cell) in exercises]
        found: dict[str, Any] = {}
        unread = waiting(nb)
        if cells or unread:
            with Gradebook(place["db_url"], course.course_id) as gradebook:
                for cell in cells:
                    if is_written(cell.source):
                        report = report_on(file, _name(cell), cell.source)
                        self._suggest(gradebook, place, cell, report)
                        found[_name(cell)] = asdict(derivation_of(report, float(cell.metadata["nbgrader"]["points"])))
                for name, why in unread.items():
                    self._let_wait(gradebook, (name, place["notebook"], place["assignment"], place["student"]), why)
                gradebook.db.commit()
        note(nb, **{_NOTED: found})
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
        accepted = self.accept_complete and report.complete and grade.manual_score is None
        if accepted:
            grade.auto_score, grade.needs_manual_grade = most, False
        comment.auto_comment = suggestion(report, suggested_points(report, most), most, accepted)


def suggested_points(report: Report, points: float) -> float:
    """The suggestion, in halves of a point.

    The reader's share is for a derivation. Answers for which there are no steps of a derivation earn no more than a rubric gives for
    the result alone.
    """
    derived = min(1.0, steps_before_answers(report) / max(len(_answered(report)), 1))
    bare = (
        min(report.share, SHARE_OF_RESULT * len(_answered(report)) / max(len(report.answers), 1))
        if report.answers
        else report.share
    )
    return round((derived * report.share + (1 - derived) * bare) * points * HALVES) / HALVES


def steps_before_answers(report: Report) -> int:
    """How many steps there are besides one for each answer that is given; a bare answer has none."""
    telling = {(step.left.strip(), step.right.strip()) for step in report.telling}
    return max(0, len(telling) - len(_answered(report)))


def is_bare(report: Report) -> bool:
    """Whether there are answers and no derivation of any of them."""
    return bool(_answered(report)) and not steps_before_answers(report) and not any(report.ways.values())


def _answered(report: Report) -> list[str]:
    return [name for name, found in report.answers.items() if found != MISSING]


def suggestion(report: Report, points: float, most: float, accepted: bool) -> str:
    """The comment at the write-up's cell."""
    remarks = "".join(f" {note}" for note in report.notes)
    if not report.is_readable:
        return f"For a person, because {_why_unread(report)}. {summary(report)}{remarks}"
    who = "accepted, because every step holds and the answers are reached" if accepted else BY_MACHINE
    return f"{points:g} of {most:g} points, {who}. {summary(report)}{remarks}"


def without_points(comment: str) -> str:
    """The comment at a write-up's cell without the points that it suggests, which are for reviewers."""
    return _SUGGESTED.sub("", comment, count=1)


def derivation_of(report: Report | None, most: float) -> Derivation:
    """What is noted of a write-up that can earn `most` points."""
    if report is None or not report.is_readable:
        return Derivation()
    return Derivation(_to_fix(report), f"{suggested_points(report, most):g} of {most:g} points suggested by machine")


def _to_fix(report: Report) -> str:
    false = report.first_false
    if false is not None:
        return (
            f"the first false step: {with_sizes_as_formulas(false.reason)}"
            if 0 < len(false.reason) <= LONGEST_REASON
            else "a step is false"
        )
    missing = not_found(report)
    return f"not found: {', '.join(missing)}" if missing else ""


def _why_unread(report: Report) -> str:
    if report.steps:
        return f"none of its formulas was understood: {report.steps[0].reason}"
    return "there is a picture in it and no formula" if report.has_picture else "there is no formula in it that says something"


def _name(cell: NotebookNode) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id", "") if cell.cell_type == "markdown" else ""
