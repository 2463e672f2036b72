"""Whether the cell of the oral defence waits for a person: where it is worth points, and nobody has given any."""

from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_task


class OpenTasks(NbGraderPreprocessor):
    """Sets the automatic score of task cells, which nbgrader's ``SaveAutoGrades`` leaves as they are: they would wait for ever."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Called by nbconvert; returns the notebook and the resources."""
        tasks = [cell.metadata.nbgrader for cell in nb.cells if is_task(cell)]
        if tasks:
            place = resources["nbgrader"]
            with Gradebook(place["db_url"], CourseDirectory(config=self.config).course_id) as gradebook:
                for task in tasks:
                    grade = gradebook.find_grade(task["grade_id"], place["notebook"], place["assignment"], place["student"])
                    is_worth_something = float(task["points"]) > 0
                    grade.auto_score = None if is_worth_something else 0.0
                    grade.needs_manual_grade = is_worth_something and grade.manual_score is None
                gradebook.db.commit()
        return nb, resources
