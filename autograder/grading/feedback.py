"""What students may read of their graded notebook: everything but the hidden tests, and first of all how it went."""

from pathlib import Path
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell
from nbgrader.api import BaseCell, Comment, Grade, Gradebook
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.orm import with_polymorphic
from traitlets import Bool, Unicode

from autograder.course.assignment import Assignment, read_assignment
from autograder.course.master import BEGIN_HIDDEN
from autograder.course.solved import without_hidden_tests
from autograder.course.titles import writeup_titles
from autograder.grading.folding import chapter_texts, lay_out
from autograder.grading.gradebooks import rows
from autograder.grading.lateness import spoken
from autograder.grading.overview import Overview, rows_of
from autograder.grading.refusal import plain
from autograder.grading.remarks import of_inbox
from autograder.grading.standing import name_of
from autograder.grading.work import grading_of
from autograder.grading.writeups import Derivation, derivations_of, without_points


class GetMarks(Preprocessor):
    """Puts marks and comments into the notebook, in the place of nbgrader's ``GetGrades``.

    It also says what nobody has marked yet, which is no zero, and keeps what a person wrote and what was found by machine apart:
    nbgrader shows only one of the two. It asks the gradebook once for all cells, nbgrader three times for each.
    """

    enabled = Bool(True, help="Whether there are marks; nbconvert's own default is not to run a preprocessor.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Called by nbconvert; returns the notebook and the resources."""
        place = resources["nbgrader"]
        with Gradebook(place["db_url"], CourseDirectory(config=self.config).course_id) as gradebook:
            own = gradebook.find_submission_notebook(place["notebook"], place["assignment"], place["student"])
            grades = self._grades(gradebook, own.id)
            comments = {name: comment for comment, name in rows(gradebook, Comment, own)}
            place["late_penalty"] = own.late_submission_penalty or 0
            place["seconds_late"] = own.assignment.total_seconds_late
            place["name"] = name_of(own.assignment.student)
            for cell in nb.cells:
                grading = grading_of(cell)
                name = grading.get("grade_id")
                if name in grades and (grading.get("grade") or grading.get("task")):
                    grading.update(grades[name])
                if name in comments and (grading.get("solution") or grading.get("task")):
                    grading["comment"], grading["found"] = comments[name].manual_comment, comments[name].auto_comment
        return nb, resources

    def _grades(self, gradebook: Gradebook, notebook: str) -> dict[str, dict[str, Any]]:
        cell = with_polymorphic(BaseCell, "*")
        columns = (
            cell.name, cell.GradeCell.max_score, cell.TaskCell.max_score,
            Grade.auto_score, Grade.manual_score, Grade.needs_manual_grade, Grade.score,
        )  # fmt: skip
        query = gradebook.db.query(*columns).select_from(Grade).join(cell, Grade.cell_id == cell.id)
        found = {}
        for name, of_code, of_task, automatic, by_hand, needs_person, score in query.filter(Grade.notebook_id == notebook):
            waits = by_hand is None and (automatic is None or bool(needs_person))
            found[name] = {"score": score, "points": of_task if of_code is None else of_code, "waits": waits}
        return found


class HideTests(Preprocessor):
    """Takes the hidden tests out of feedback pages.

    nbgrader puts the instructor's text of every check cell back before it grades, and would show it to students. An
    exception inside such a cell is reduced to its last line: the traceback quotes the lines around it.
    """

    enabled = Bool(True, help="Whether hidden tests are taken out; nbconvert's own default is not to run a preprocessor.").tag(
        config=True
    )

    def preprocess_cell(self, cell: NotebookNode, resources: dict[str, Any], index: int) -> tuple[NotebookNode, dict[str, Any]]:
        """Called by nbconvert for each cell; returns the cell and the resources."""
        if cell.cell_type == "code" and BEGIN_HIDDEN in cell.source:
            cell.source = without_hidden_tests(cell.source)
            for output in cell.get("outputs", []):
                if output.output_type == "error":
                    output.traceback = [f"{output.ename}: {output.evalue}"]
        return cell, resources


class ShowRemarks(Preprocessor):
    """Puts what was noted about a submission at the top of its page, so that nothing of it was changed without a sentence."""

    enabled = Bool(True, help="Whether the remarks are shown; nbconvert's own default is not to run a preprocessor.").tag(
        config=True
    )

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Called by nbconvert; returns the notebook and the resources."""
        sentences = of_inbox(nb)
        if sentences:
            lines = "\n".join(f"- {plain(sentence)}" for sentence in sentences)
            nb.cells.insert(0, new_markdown_cell(f"**Noted when this notebook was handed in**\n\n{lines}", id="noted"))
        return nb, resources


class LeadWithMarks(Preprocessor):
    """Makes the overview with which a page begins, and folds what the student has in the chapter already. It stands last."""

    enabled = Bool(True, help="Whether a page leads with marks; nbconvert's own default is not to run a preprocessor.").tag(
        config=True
    )
    course = Unicode(help="The folder of the course, which holds assignments/ and source/.").tag(config=True)
    suggested_points = Bool(
        False, help="Whether students see the points that the reader of derivations suggests, before a person has decided."
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Called by nbconvert; returns the notebook and the resources."""
        place = resources["nbgrader"]
        course = Path(self.course or CourseDirectory(config=self.config).root)
        assignment = read_assignment(course / "assignments" / place["assignment"])
        exercises = () if assignment is None else assignment.exercises
        found = derivations_of(nb)
        if not self.suggested_points:
            found = {name: Derivation(each.to_fix) for name, each in found.items()}
            self._leave_out_points(nb)
        late = place.get("seconds_late") or 0
        resources["overview"] = Overview(
            name=place.get("name") or place["student"],
            title=assignment.title if isinstance(assignment, Assignment) else place["assignment"],
            rows=rows_of(nb.cells, exercises, found, writeup_titles(assignment) if assignment else {}),
            penalty=float(place.get("late_penalty") or 0),
            late=spoken(late) if late else "",
        )
        own = chapter_texts(course / "source" / place["assignment"] / f"{place['notebook']}.ipynb")
        lay_out(nb.cells, resources["overview"].rows, own)
        return nb, resources

    def _leave_out_points(self, nb: NotebookNode) -> None:
        for cell in nb.cells:
            if found := grading_of(cell).get("found"):
                grading_of(cell)["found"] = without_points(found)
