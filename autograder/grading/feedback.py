"""What students may read of their graded notebook: everything but the hidden tests."""

from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell
from nbgrader.preprocessors import GetGrades
from traitlets import Bool

from autograder.course.master import BEGIN_HIDDEN
from autograder.course.solved import without_hidden_tests
from autograder.grading.refusal import plain
from autograder.grading.remarks import of_inbox


class GetMarks(GetGrades):
    """nbgrader's own, which also says what nobody has marked yet: that is no zero."""

    def _get_score(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        super()._get_score(cell, resources)
        key = (cell.metadata.nbgrader["grade_id"], self.notebook_id, self.assignment_id, self.student_id)
        grade = self.gradebook.find_grade(*key)
        waits = grade.manual_score is None and (grade.auto_score is None or grade.needs_manual_grade)
        cell.metadata.nbgrader["waits"] = bool(waits)


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
