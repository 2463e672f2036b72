"""Cells that change their kind, lose what says which they are, or claim to be others."""

import copy
import random

from tests.mangling.cells import (
    Cell,
    Notebook,
    change_kind,
    copied,
    edit,
    flags_of,
    insert,
    is_check,
    is_locked,
    is_named,
    is_solution,
    is_writeup,
    label_of,
    new_cell,
    pick,
    text_of,
)


def retype(notebook: Notebook, place: int | None, kind: str) -> Notebook:
    if place is not None:
        change_kind(notebook["cells"][place], kind)
    return notebook


@edit(named=True)
def solution_as_markdown(notebook: Notebook, choose: random.Random) -> Notebook:
    """jupyter/nbgrader#92: M pressed in an answer cell."""
    return retype(notebook, pick(notebook, choose, is_solution), "markdown")


@edit(named=True)
def solution_as_raw(notebook: Notebook, choose: random.Random) -> Notebook:
    """jupyter/nbgrader#878: R pressed in an answer cell."""
    return retype(notebook, pick(notebook, choose, is_solution), "raw")


@edit(named=True)
def check_as_raw(notebook: Notebook, choose: random.Random) -> Notebook:
    """jupyter/nbgrader PR #1138: a check made raw, so that the notebook runs through."""
    return retype(notebook, pick(notebook, choose, is_check), "raw")


@edit(named=True)
def writeup_as_code(notebook: Notebook, choose: random.Random) -> Notebook:
    """jupyter/nbgrader#1941: a write-up in a code cell."""
    return retype(notebook, pick(notebook, choose, is_writeup), "code")


@edit(named=True)
def writeup_as_raw(notebook: Notebook, choose: random.Random) -> Notebook:
    """jupyter/nbgrader#1941: a write-up in a raw cell."""
    return retype(notebook, pick(notebook, choose, is_writeup), "raw")


@edit(named=True)
def statement_as_code(notebook: Notebook, choose: random.Random) -> Notebook:
    """jupyter/nbgrader#92: Y pressed in a statement."""
    return retype(notebook, pick(notebook, choose, is_named("statement_")), "code")


def lose_flags(cell: Cell) -> None:
    for key in ("nbgrader", "deletable", "editable"):
        (cell.get("metadata") or {}).pop(key, None)


@edit(named=True)
def lose_all_nbgrader_metadata(notebook: Notebook, _: random.Random) -> Notebook:
    """Row 15, jupyter/nbgrader#1273: a tool strips all metadata; the ids of the cells stay."""
    for cell in notebook["cells"]:
        lose_flags(cell)
    return notebook


@edit(named=True)
def lose_all_metadata_and_ids(notebook: Notebook, choose: random.Random) -> Notebook:
    """Row 15: all cells pasted into a new notebook, which gives them ids of its own."""
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        cell["id"] = f"{choose.getrandbits(32):08x}"
    return notebook


@edit()
def lose_ids(notebook: Notebook, _: random.Random) -> Notebook:
    """jupyter/nbformat#73: a file of version 4.4 has no ids."""
    for cell in notebook["cells"]:
        cell.pop("id", None)
    return notebook | {"nbformat_minor": 4}


@edit(named=True)
def colab_ids(notebook: Notebook, _: random.Random) -> Notebook:
    """Row 15, Colab: the ids are in ``metadata.id``, and nbgrader's metadata are gone."""
    for cell in notebook["cells"]:
        cell["metadata"] = {"id": cell.pop("id", None) or "x"}
    return notebook | {"nbformat_minor": 0, "metadata": {"colab": {"provenance": []}}}


@edit()
def colab_save(notebook: Notebook, _: random.Random) -> Notebook:
    """Editors: Colab with nbgrader's metadata kept."""
    for cell in notebook["cells"]:
        cell["metadata"] = (cell.get("metadata") or {}) | {"id": cell.pop("id", "x")}
    return notebook | {"nbformat_minor": 0}


@edit(named=True)
def lose_some_metadata(notebook: Notebook, choose: random.Random) -> Notebook:
    """jupyter/nbgrader#424: a few cells cut and pasted from one notebook into another."""
    for cell in notebook["cells"]:
        if choose.random() < 0.2:
            lose_flags(cell)
            cell["id"] = f"{choose.getrandbits(32):08x}"
    return notebook


def flags(name: str, **more) -> dict:
    """Metadata as nbgrader writes them."""
    usual = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
    return {"nbgrader": usual | {"grade_id": name} | more}


@edit(named=True)
def foreign_cells(notebook: Notebook, choose: random.Random) -> Notebook:
    """Section 1: cells of an older release or of another course, with names that are not known here."""
    place = choose.randint(0, len(notebook["cells"]))
    return insert(
        notebook,
        place,
        new_cell("code", "homework_one = 1", choose, **flags("exercise_1_of_2019", solution=True)),
        new_cell("markdown", "The old statement.", choose, **flags("statement_of_2019", locked=True)),
    )


@edit(named=True)
def foreign_points(notebook: Notebook, choose: random.Random) -> Notebook:
    """Section 1: a graded cell of another course."""
    cell = new_cell("code", "100.0", choose, **flags("task_of_2019", grade=True, points=100.0, locked=True))
    return insert(notebook, choose.randint(0, len(notebook["cells"])), cell)


@edit(named=True)
def writeup_claimed(notebook: Notebook, choose: random.Random) -> Notebook:
    """Section 1: a second cell that claims a write-up's name, for a thousand points."""
    place = pick(notebook, choose, is_writeup)
    if place is None:
        return notebook
    claim = copied(notebook["cells"][place], choose, "I claim a thousand points.")
    claim["metadata"]["nbgrader"]["points"] = 1000.0
    return insert(notebook, place + choose.randint(0, 1), claim)


@edit(named=True)
def writeup_claimed_by_a_check(notebook: Notebook, choose: random.Random) -> Notebook:
    """Section 1: a code cell that claims a write-up's name with other flags."""
    place = pick(notebook, choose, is_writeup)
    if place is None:
        return notebook
    name = label_of(notebook["cells"][place])
    claim = new_cell("code", "1000.0", choose, **flags(name, grade=True, points=8.0, locked=True))
    return insert(notebook, place + 1, claim)


@edit()
def points_changed(notebook: Notebook, choose: random.Random) -> Notebook:
    """A student's own idea of the points of a check."""
    place = pick(notebook, choose, is_check)
    if place is not None:
        notebook["cells"][place]["metadata"]["nbgrader"]["points"] = 1000.0
    return notebook


@edit()
def everything_unlocked(notebook: Notebook, _: random.Random) -> Notebook:
    """jupyter/nbgrader#1682: the flags are taken away, to edit freely."""
    for cell in notebook["cells"]:
        if flags_of(cell):
            flags_of(cell)["locked"] = False
            cell["metadata"].pop("editable", None)
    return notebook


@edit(named=True)
def imports_added_to_a_locked_cell(notebook: Notebook, choose: random.Random) -> Notebook:
    """Small things: an import added to the locked cell of imports is undone without a remark."""
    place = pick(notebook, choose, is_named("imports"))
    if place is not None:
        notebook["cells"][place]["source"] = text_of(notebook["cells"][place]) + "\nimport itertools"
    return notebook


@edit(named=True)
def check_edited(notebook: Notebook, choose: random.Random) -> Notebook:
    """jupyter/nbgrader#1961: a check edited until it passes."""
    place = pick(notebook, choose, is_check)
    if place is not None:
        notebook["cells"][place]["source"] = "1000.0"
    return notebook


@edit(named=True)
def notes_in_a_locked_cell(notebook: Notebook, choose: random.Random) -> Notebook:
    """Row 7: an own thought in a locked statement; the write-up has its text."""
    place = pick(notebook, choose, is_named("statement_"))
    if place is not None:
        cell = notebook["cells"][place]
        cell["source"] = text_of(cell) + "\n\nNote to myself: $A$ is not symmetric here, see the seminar of week three."
    return notebook


@edit()
def locked_cells_reformatted(notebook: Notebook, choose: random.Random) -> Notebook:
    """Tools: blanks at the ends of lines and of files are added or removed."""
    for cell in notebook["cells"]:
        if is_locked(cell):
            cell["source"] = text_of(cell).rstrip() + choose.choice(["", "\n", "\n\n"])
    return notebook


@edit()
def tags(notebook: Notebook, _: random.Random) -> Notebook:
    """Editors: JupyterLab's tags, ``editable`` and times."""
    for cell in notebook["cells"]:
        cell["metadata"] = copy.deepcopy(cell.get("metadata") or {}) | {
            "tags": [],
            "editable": True,
            "slideshow": {"slide_type": ""},
            "execution": {"iopub.execute_input": "2027-03-01T10:00:00Z"},
        }
    return notebook
