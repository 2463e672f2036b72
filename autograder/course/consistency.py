"""What the parts of an assignment say of each other must be the same: marks, cells, rubrics, and what the write-ups speak of."""

import ast
import re
from collections import Counter
from typing import Any

from nbformat import NotebookNode

from autograder.course.assignment import Assignment
from autograder.course.master import BEGIN_RUBRIC, END_RUBRIC

_RUBRIC = re.compile(re.escape(BEGIN_RUBRIC) + "(.*?)" + re.escape(END_RUBRIC), re.DOTALL)
_RUBRIC_LINE = re.compile(r"^- (\d+(?:\.\d+)?) points?:", re.MULTILINE)
_SIZE = re.compile(r"[A-Za-z](_\w+)?|[1-9]\d*")
_NOUNS = {"code": "check cells", "writeups": "write-ups"}


class InconsistentAssignment(ValueError):
    """Two parts of an assignment contradict each other; the message names the file and the remedy."""


def require_consistent(assignment: Assignment, notebook: NotebookNode, writeups: dict[str, Any]) -> None:
    """Compare ``assignment.toml``, the chapter and ``writeups.toml``.

    Parameters
    ----------
    assignment
        What ``assignment.toml`` says.
    notebook
        The instructor notebook that was made of the chapter.
    writeups
        The content of ``writeups.toml``; empty if there is none.

    Raises
    ------
    InconsistentAssignment
        At the first contradiction.
    """
    points = {
        cell.metadata.nbgrader.grade_id: cell.metadata.nbgrader.points
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    }
    _require_every_cell_once(assignment, points)
    _require_totals(assignment, points)
    _require_rubrics(assignment, notebook, points)
    _require_known_writeups(assignment, notebook, points, writeups)


def _require_every_cell_once(assignment: Assignment, points: dict[str, float]) -> None:
    table = assignment.folder / "assignment.toml"
    listed = Counter(name for exercise in assignment.exercises for name in exercise.cells)
    for name, times in listed.items():
        if name not in points:
            raise InconsistentAssignment(
                f"{table} lists the cell {name!r}, which {assignment.master} does not hold as a graded cell: correct the name, or add the cell."
            )
        if times > 1:
            raise InconsistentAssignment(f"{table} lists the cell {name!r} {times} times: leave it in one exercise.")
    for name in points:
        if name not in listed:
            raise InconsistentAssignment(
                f"{table} does not list the graded cell {name!r} of {assignment.master}: add it to an exercise."
            )


def _require_totals(assignment: Assignment, points: dict[str, float]) -> None:
    for kind, prefix in (("code", "check_"), ("writeups", "writeup_")):
        found = sum(value for name, value in points.items() if name.startswith(prefix))
        if found != assignment.points.get(kind, 0):
            raise InconsistentAssignment(
                f"{assignment.folder / 'assignment.toml'} promises {assignment.points.get(kind, 0):g} points for {kind}, and the "
                f"{_NOUNS[kind]} of {assignment.master} have {found:g}: correct one of them."
            )


def _require_rubrics(assignment: Assignment, notebook: NotebookNode, points: dict[str, float]) -> None:
    for cell in notebook.cells:
        rubric = _RUBRIC.search(cell.source)
        if rubric is None:
            continue
        name = "writeup_" + cell.metadata.nbgrader.grade_id.removeprefix("statement_")
        if name not in points:
            raise InconsistentAssignment(f"{assignment.master}: the rubric of {name!r} belongs to no write-up: correct its name.")
        found = sum(float(each) for each in _RUBRIC_LINE.findall(rubric[1]))
        if found != points[name]:
            raise InconsistentAssignment(
                f"{assignment.master}: the lines of the rubric of {name!r} add up to {found:g} points, and the write-up has "
                f"{points[name]:g}: correct one of them (a line begins as in '- 2 points: ...')."
            )


def _require_known_writeups(
    assignment: Assignment, notebook: NotebookNode, points: dict[str, float], writeups: dict[str, Any]
) -> None:
    declared = assignment.folder / "writeups.toml"
    for name in writeups:
        if name not in points:
            raise InconsistentAssignment(
                f"{declared} speaks of {name!r}, which is no write-up of {assignment.master}: correct the name."
            )
    for cell in notebook.cells:
        for name in _names_read(cell):
            if name not in points:
                raise InconsistentAssignment(
                    f"{assignment.master}: a cell calls check_writeup({name!r}), and there is no such write-up: correct the name."
                )
            if name not in writeups:
                raise InconsistentAssignment(
                    f"{assignment.master}: a cell calls check_writeup({name!r}), and {declared} does not say what it speaks of: add [{name}]."
                )


def _names_read(cell: NotebookNode) -> list[str]:
    """The write-ups that a cell reads with ``check_writeup("…")``."""
    if cell.cell_type != "code" or "check_writeup(" not in cell.source:
        return []
    calls = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call)]
    return [
        argument.value
        for call in calls
        if getattr(call.func, "id", "") == "check_writeup"
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]


def require_shapes(assignment: Assignment, name: str, exercise: dict[str, Any]) -> None:
    """Raise :class:`InconsistentAssignment` where a section of ``writeups.toml`` gives a variable something that is no shape."""
    for view in exercise.get("views", []):
        for variable, shape in view.get("variables", {}).items():
            fits = (
                isinstance(shape, list)
                and len(shape) == 2
                and all(isinstance(size, str) and _SIZE.fullmatch(size) for size in shape)
            )
            if not fits:
                raise InconsistentAssignment(
                    f"{assignment.folder / 'writeups.toml'}: [{name}] gives {variable} the shape {shape!r}; a shape is two sizes, "
                    'letters or numbers in quotes, as in ["N", "1"].'
                )
