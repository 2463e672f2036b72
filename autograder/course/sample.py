"""The sample class: submissions made from the course's own notebooks and what ``examples/students/`` says of each student.

A student is a folder with ``student.toml`` and, where they wrote answers of their own, ``<assignment id>.md`` in the format
of a master: ``solution="f"`` and ``writeup="ex1"`` cells take the place of those with the same name, ``locked="name"`` cells
are put at the top.
"""

import copy
import tomllib
from pathlib import Path

import jupytext
import nbformat
from nbformat.v4 import new_code_cell

from autograder.course.assignment import Assignment


def build_sample(students: Path, built: Path, assignments: list[Assignment], destination: Path) -> None:
    """Write ``destination/<student>/<assignment id>/<notebook>.ipynb`` for each student of the sample class.

    Parameters
    ----------
    students
        ``examples/students``.
    built
        Folder with ``source/`` and ``release/``.
    assignments
        The course's assignments.
    destination
        An empty folder.

    Raises
    ------
    ValueError
        If a student's file names a cell that the notebook does not have.
    """
    for folder in sorted(path for path in students.iterdir() if path.is_dir()):
        recipe = tomllib.loads((folder / "student.toml").read_text(encoding="utf-8"))
        for assignment in assignments:
            target = destination / folder.name / assignment.identifier / f"{assignment.notebook}.ipynb"
            target.parent.mkdir(parents=True)
            notebook = _submission(folder, recipe, assignment, built)
            text = nbformat.writes(notebook)
            keep = recipe.get(assignment.identifier, {}).get("keep_characters", len(text))
            target.write_text(text[:keep] + ("\n" if keep >= len(text) else ""), encoding="utf-8")


def _submission(folder: Path, recipe: dict, assignment: Assignment, built: Path):
    name = f"{assignment.notebook}.ipynb"
    notebook = nbformat.read(built / "release" / assignment.identifier / name, as_version=4)
    cells = {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if "nbgrader" in cell.metadata}
    if recipe["answers"] == "right":
        solved = nbformat.read(built / "source" / assignment.identifier / name, as_version=4)
        for cell in solved.cells:
            if cell.metadata.get("nbgrader", {}).get("solution"):
                lines = [
                    line for line in cell.source.split("\n") if "### BEGIN SOLUTION" not in line and "### END SOLUTION" not in line
                ]
                cells[cell.metadata.nbgrader.grade_id].source = "\n".join(lines)
    answers = folder / f"{assignment.identifier}.md"
    if answers.exists():
        _fill_in(notebook, cells, answers)
    for change in recipe.get(assignment.identifier, {}).items():
        _change(notebook, cells, change, folder)
    return notebook


def _fill_in(notebook, cells: dict, answers: Path) -> None:
    top = []
    for answer in jupytext.reads(answers.read_text(encoding="utf-8"), fmt="md").cells:
        metadata = answer.metadata
        name = metadata.get("solution") or (f"writeup_{metadata['writeup']}" if "writeup" in metadata else None)
        if "locked" in metadata:
            top.append(new_code_cell(answer.source, id=f"own-{metadata['locked']}"))
        elif name is not None:
            if name not in cells:
                raise ValueError(f"{answers}: the notebook has no cell named {name!r}.")
            cells[name].source = answer.source
    notebook.cells[:0] = top


def _change(notebook, cells: dict, change: tuple, folder: Path) -> None:
    what, value = change
    if what == "kernel":
        notebook.metadata.kernelspec = {"name": value, "display_name": value, "language": value}
    elif what == "delete":
        notebook.cells = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") not in value]
    elif what == "duplicate":
        for name in value:
            twin = copy.deepcopy(cells[name])
            twin.id = f"{cells[name].id}-twin"
            notebook.cells.insert(notebook.cells.index(cells[name]) + 1, twin)
    elif what != "keep_characters":
        raise ValueError(f"{folder}/student.toml: unknown change {what!r}; known are kernel, delete, duplicate, keep_characters.")
