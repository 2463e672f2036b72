"""Reading a master: Jupytext Markdown with short attributes becomes nbgrader's instructor notebook.

Each attribute stands for a full set of nbgrader metadata:

========================  ==============================================================================
``solution="f"``          code, the student's function ``f``; autograded answer
``check="f"``             code, locked, graded automatically; its points are those of its ``Check(...)`` call;
                          ``hidden/f.py`` is put into it, see :mod:`autograder.course.hidden_cases`
``locked="name"``         code, locked, ungraded; folded in the notebook where the name begins with ``look``: what it draws is shown
``writeup="ex1"``         Markdown, the student's derivation; graded by a person, worth ``points``
``rubric="ex1"``          Markdown, appended as nbgrader's marking scheme to the cell before it, which students do not see, and
                          as a list of what the points are for, which they do
(none)                    Markdown, ungraded
========================  ==============================================================================
"""

import ast
import re
import tomllib
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.course.hidden_cases import BEGIN_HIDDEN, END_HIDDEN, join_hidden_cases

BEGIN_RUBRIC, END_RUBRIC = "=== BEGIN MARK SCHEME ===", "=== END MARK SCHEME ==="
KINDS = ("solution", "check", "locked", "writeup", "rubric")
LOOK = "look"
GROUPS = ("general", "edge", "care")
# The titles of write-ups stand there; a line of a rubric begins with its points.
WRITEUPS = "writeups.toml"
_RUBRIC_LINE = re.compile(r"^- (\d+(?:\.\d+)?) points?:", re.MULTILINE)
# Jupytext notes here how many blank lines to write back; nothing is written back.
LAYOUT = {"lines_to_next_cell", "lines_to_end_of_cell_marker", "region_name"}


class MasterError(ValueError):
    """A master that cannot be built; the message names the file, the cell and the remedy."""


def read_master(path: Path) -> nbformat.NotebookNode:
    """The instructor notebook of a master.

    Parameters
    ----------
    path
        The master, Jupytext Markdown in UTF-8. Its hidden cases lie in the folder ``hidden`` beside it.

    Returns
    -------
    nbformat.NotebookNode
        Version 4.5, with nbgrader metadata, stable cell ids and no outputs; free of Jupytext's metadata.

    Raises
    ------
    MasterError
        If an attribute is unknown, a name is used twice, a marking scheme does not add up, or a check cannot be read.
    HiddenCasesError
        If the checks and the files of ``hidden`` do not fit together.
    """
    text = path.read_text(encoding="utf-8")
    # Only a master that has changed is read, and the import takes a while.
    import jupytext

    cells = _with_rubrics(jupytext.reads(text, fmt="md").cells, path)
    join_hidden_cases(cells, path)
    solutions = _solutions(cells, path)
    notebook = new_notebook(
        metadata={
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    taken: set[str] = set()
    for cell in cells:
        built = _build_cell(cell, solutions, path)
        identifier = built.metadata.get("nbgrader", {}).get("grade_id") or _heading_id(built.source)
        if identifier in taken and "nbgrader" in built.metadata:
            raise MasterError(f"{path}: the name {identifier!r} is used by two cells; give each its own.")
        built.id = _free_id(identifier, taken)
        taken.add(built.id)
        notebook.cells.append(built)
    notebook.nbformat_minor = 5
    return notebook


def _kind(cell, path: Path) -> tuple[str, str]:
    found = [(kind, cell.metadata[kind]) for kind in KINDS if kind in cell.metadata]
    unknown = set(cell.metadata) - {*KINDS, *LAYOUT, "points", "given", "rubric_of"}
    if len(found) > 1 or unknown or (cell.cell_type == "code" and not found):
        raise MasterError(
            f"{path}: a {cell.cell_type} cell has the attributes {sorted(set(cell.metadata) - LAYOUT) or 'none'}; it needs exactly one of "
            f"{', '.join(KINDS)}. The cell begins: {cell.source[:60]!r}"
        )
    return found[0] if found else ("", "")


def _with_rubrics(cells, path: Path) -> list:
    result = []
    titles = _titles(path)
    for cell in cells:
        kind, name = _kind(cell, path)
        if kind != "rubric":
            result.append(cell)
            continue
        if not result or result[-1].cell_type != "markdown" or _kind(result[-1], path)[0]:
            raise MasterError(f"{path}: the rubric {name!r} must follow an ordinary Markdown cell, the statement or a hint.")
        result[-1].source += "\n\n" + _where_to_write(titles.get(name, name), cell.source)
        result[-1].source += f"\n\n{BEGIN_RUBRIC}\n\n**Marking scheme**\n\n{cell.source}\n\n{END_RUBRIC}"
        result[-1].metadata["rubric_of"] = name
    return result


def _titles(path: Path) -> dict[str, str]:
    """Titles of the write-ups of a master by their names, where ``writeups.toml`` beside it gives them."""
    declared = path.with_name(WRITEUPS)
    try:
        content = tomllib.loads(declared.read_text(encoding="utf-8")) if declared.is_file() else {}
    except tomllib.TOMLDecodeError as error:
        raise MasterError(f"{declared} cannot be read: {error}.") from error
    sections = {name.removeprefix("writeup_"): each for name, each in content.items() if isinstance(each, dict)}
    return {name: str(section["title"]) for name, section in sections.items() if "title" in section}


def _where_to_write(title: str, rubric: str) -> str:
    """What a student reads above the cell of a write-up: its title, its points, and folded what each point is for."""
    points = sum(float(each) for each in _RUBRIC_LINE.findall(rubric))
    summary = f"What the {points:g} points are for"
    return (
        f"**Write-up: {title}, {points:g} points.** Your derivation belongs into the next cell.\n\n"
        f"<details><summary>{summary}</summary>\n\n{rubric}\n\n</details>"
    )


def _solutions(cells, path: Path) -> dict[str, str]:
    return {cell.metadata["solution"]: cell.source for cell in cells if "solution" in cell.metadata}


def _build_cell(cell, solutions: dict[str, str], path: Path):
    rubric_of = cell.metadata.pop("rubric_of", None)
    if rubric_of:
        return new_markdown_cell(cell.source, metadata=_nbgrader(f"statement_{rubric_of}", locked=True))
    kind, name = _kind(cell, path)
    if kind == "":
        return new_markdown_cell(cell.source)
    if kind == "writeup":
        points = cell.metadata.get("points")
        if not isinstance(points, (int, float)):
            raise MasterError(f'{path}: the write-up {name!r} needs its points, as in writeup="{name}" points=8.')
        return new_markdown_cell(
            cell.source, metadata=_nbgrader(f"writeup_{name}", grade=True, solution=True, points=float(points))
        )
    if kind == "solution":
        return new_code_cell(cell.source, metadata=_nbgrader(name, solution=True))
    if kind == "check":
        source = _with_given(cell, solutions, path)
        return new_code_cell(
            source, metadata=_nbgrader(f"check_{name}", grade=True, locked=True, points=_points(cell.source, name, path))
        )
    metadata = _nbgrader(name, locked=True)
    if name.startswith(LOOK):
        # Forty lines of plotting would stand between the text and its picture.
        metadata["jupyter"] = {"source_hidden": True}
    return new_code_cell(cell.source, metadata=metadata)


def _nbgrader(grade_id: str, *, grade=False, solution=False, locked=False, points: float | None = None) -> dict:
    metadata = {
        "grade": grade,
        "grade_id": grade_id,
        "locked": locked,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    if points is not None:
        metadata["points"] = points
    return {"nbgrader": metadata}


def _check_call(source: str, name: str, path: Path) -> tuple[ast.Call, int]:
    """The call of ``Check`` in a check cell, and the line on which its statement ends."""
    for statement in ast.parse(source).body:
        if (
            isinstance(statement, ast.Assign)
            and isinstance(statement.value, ast.Call)
            and getattr(statement.value.func, "id", "") == "Check"
        ):
            return statement.value, statement.end_lineno or statement.lineno
    raise MasterError(f'{path}: the check of {name} has no statement of the form check = Check("{name}", general=...).')


def _points(source: str, name: str, path: Path) -> float:
    call, _ = _check_call(source, name, path)
    if not call.args or getattr(call.args[0], "value", None) != name:
        raise MasterError(f"{path}: the check cell of {name} checks another function.")
    return float(sum(ast.literal_eval(each.value) for each in call.keywords if each.arg in GROUPS))


def _with_given(cell, solutions: dict[str, str], path: Path) -> str:
    """The check cell with right functions hidden in it, in the place of those that the student's function may call."""
    names = cell.metadata.get("given", "").split()
    missing = [name for name in names if name not in solutions]
    if missing:
        raise MasterError(f"{path}: the check of {cell.metadata['check']} is given {missing[0]}, which no cell solves.")
    if not names:
        return cell.source
    text = "\n\n\n".join(without_solution_markers(solutions[name]) for name in names)
    imports = "import numpy as np"
    literal = f"{imports}\n\n\n{text}\n".replace("\\", "\\\\").replace('"""', r"\"\"\"")
    hidden = [BEGIN_HIDDEN, f'check.substitute("""\n{literal}""")', END_HIDDEN]
    lines = cell.source.split("\n")
    _, end = _check_call(cell.source, cell.metadata["check"], path)
    return "\n".join(lines[:end] + hidden + lines[end:])


def without_solution_markers(source: str) -> str:
    """The text of a cell without the lines that mark where nbgrader cuts out the solution."""
    return "\n".join(line for line in source.split("\n") if not re.match(r"\s*### (BEGIN|END) SOLUTION", line))


def _heading_id(source: str) -> str:
    first = source.lstrip().split("\n", 1)[0]
    slug = re.sub(r"[^a-z0-9]+", "-", first.lower()).strip("-")[:40].strip("-")
    return f"text-{slug or 'cell'}"


def _free_id(identifier: str, taken: set[str]) -> str:
    identifier = identifier[:60]
    candidate, number = identifier, 2
    while candidate in taken:
        candidate, number = f"{identifier}-{number}", number + 1
    return candidate
