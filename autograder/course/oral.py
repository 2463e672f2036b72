"""The cell ``defence`` at the end of each notebook: the home of the mark and the notes of the oral defence.

It is what nbgrader calls a manually graded task: locked, with a score and a comment that a person gives. nbgrader makes of a cell
with ``task`` and ``grade`` two cells of one name, so ``grade`` is off.
"""

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from autograder.course.assignment import Assignment
from autograder.course.master import MasterError

DEFENCE = "defence"
TEXT = "**The oral defence is marked here**{worth}. Whoever asks the questions writes into this cell; there is nothing for you to do in it."


def add_oral_defence(notebook: NotebookNode, assignment: Assignment) -> None:
    """Put the cell at the end of an instructor notebook, in place.

    Raises
    ------
    MasterError
        If a cell of the chapter has its name.
    """
    if any(cell.metadata.get("nbgrader", {}).get("grade_id") == DEFENCE for cell in notebook.cells):
        raise MasterError(
            f"{assignment.master}: the name {DEFENCE!r} is that of the cell of the oral defence; give this cell another."
        )
    points = assignment.defence_points
    metadata = {
        "grade": False,
        "grade_id": DEFENCE,
        "locked": True,
        "points": points,
        "schema_version": 3,
        "solution": False,
        "task": True,
    }
    text = TEXT.format(worth=f", {points:g} points" if points else "")
    notebook.cells.append(new_markdown_cell(text, id=DEFENCE, metadata={"nbgrader": metadata}))
