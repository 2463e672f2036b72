"""Cells that are deleted, merged or split."""

import random

from tests.mangling.cells import (
    Cell,
    Notebook,
    copied,
    edit,
    indices,
    insert,
    is_check,
    is_locked,
    is_named,
    is_prose,
    is_solution,
    is_writeup,
    label_of,
    pick,
    remove,
    sections,
    text_of,
)


@edit(named=True)
def delete_statement(notebook: Notebook, choose: random.Random) -> Notebook:
    """jupyter/nbgrader#1682: VS Code deletes locked cells."""
    return remove(notebook, [pick(notebook, choose, is_named("statement_"))])


@edit()
def delete_prose(notebook: Notebook, choose: random.Random) -> Notebook:
    """Students tidy up: the text between the exercises goes."""
    places = indices(notebook, is_prose)
    return remove(notebook, choose.sample(places, min(len(places), choose.randint(1, 6))))


@edit(named=True)
def delete_imports(notebook: Notebook, choose: random.Random) -> Notebook:
    """Small things: deleted imports are put back without a remark."""
    return remove(notebook, [pick(notebook, choose, is_named("imports"))])


@edit(named=True)
def delete_given_code(notebook: Notebook, choose: random.Random) -> Notebook:
    """Small things: deleted given cells are put back without a remark."""
    given = is_named("given_", "worked_example", "load_", "data_and_")
    return remove(notebook, [pick(notebook, choose, given)])


@edit(named=True)
def delete_look(notebook: Notebook, choose: random.Random) -> Notebook:
    """jupyter/nbgrader#424: a picture that takes long is deleted."""
    return remove(notebook, [pick(notebook, choose, is_named("look_"))])


@edit(named=True)
def delete_reader(notebook: Notebook, choose: random.Random) -> Notebook:
    """jupyter/nbgrader#1682: the cell that reads the write-up is deleted."""
    return remove(notebook, [pick(notebook, choose, is_named("read_writeup_"))])


@edit(named=True, loses="writeup")
def delete_writeup(notebook: Notebook, choose: random.Random) -> Notebook:
    """Row 1: the one cell of a write-up is deleted."""
    return remove(notebook, [pick(notebook, choose, is_writeup)])


@edit(named=True, loses="code")
def delete_solution_and_check(notebook: Notebook, choose: random.Random) -> Notebook:
    """Row 1: an exercise that the student could not do is deleted, with its check."""
    place = pick(notebook, choose, is_solution)
    if place is None:
        return notebook
    check = f"check_{label_of(notebook['cells'][place])}"
    return remove(notebook, [place, *indices(notebook, lambda cell: label_of(cell) == check)])


@edit(named=True, loses="code")
def delete_solution(notebook: Notebook, choose: random.Random) -> Notebook:
    """jupyter/nbgrader#1770: the answer cell alone is deleted."""
    return remove(notebook, [pick(notebook, choose, is_solution)])


@edit(named=True)
def delete_check(notebook: Notebook, choose: random.Random) -> Notebook:
    """Row 1: a lone check cell is deleted."""
    return remove(notebook, [pick(notebook, choose, is_check)])


@edit(named=True, loses="both")
def delete_section(notebook: Notebook, choose: random.Random) -> Notebook:
    """Row 1: a whole exercise is deleted."""
    places = sections(notebook)
    return remove(notebook, range(*choose.choice(places))) if places else notebook


@edit(named=True)
def keep_only_the_answers(notebook: Notebook, _: random.Random) -> Notebook:
    """microsoft/vscode-jupyter#8709: everything but the own work is deleted, to hand in a short file."""
    return remove(notebook, indices(notebook, lambda cell: is_locked(cell) or is_prose(cell)))


@edit()
def delete_all_prose(notebook: Notebook, _: random.Random) -> Notebook:
    """The text of the chapter is deleted."""
    return remove(notebook, indices(notebook, is_prose))


def merge(notebook: Notebook, first: int, last: int) -> Notebook:
    """Merge cells as JupyterLab does: the upper one keeps its metadata and its kind."""
    cells = notebook["cells"][first : last + 1]
    cells[0]["source"] = "\n\n".join(text_of(cell).rstrip("\n") for cell in cells)
    return remove(notebook, range(first + 1, last + 1))


def merge_pair(notebook: Notebook, first: int | None, wanted: object) -> Notebook:
    """Merge a cell with the next one if that is the wanted one."""
    cells: list[Cell] = notebook["cells"]
    if first is None or first + 1 >= len(cells) or not wanted(cells[first + 1]):
        return notebook
    return merge(notebook, first, first + 1)


@edit(named=True)
def merge_statement_with_writeup(notebook: Notebook, choose: random.Random) -> Notebook:
    """Row 1: the statement and the write-up become one cell, which is the locked one."""
    return merge_pair(notebook, pick(notebook, choose, is_named("statement_")), is_writeup)


@edit(named=True)
def merge_solution_with_check(notebook: Notebook, choose: random.Random) -> Notebook:
    """jupyter/notebook#2992: the check is merged into the answer cell."""
    return merge_pair(notebook, pick(notebook, choose, is_solution), is_check)


@edit(named=True)
def merge_two_solutions(notebook: Notebook, choose: random.Random) -> Notebook:
    """jupyter/notebook#2992: two answers and the check between them become one cell."""
    places = indices(notebook, is_solution)
    pairs = [
        (first, last)
        for first, last in zip(places, places[1:], strict=False)
        if all(cell["cell_type"] == "code" for cell in notebook["cells"][first : last + 1])
    ]
    return merge(notebook, *choose.choice(pairs)) if pairs else notebook


@edit()
def merge_prose(notebook: Notebook, choose: random.Random) -> Notebook:
    """Two cells of the chapter become one."""
    return merge_pair(notebook, pick(notebook, choose, is_prose), is_prose)


@edit(named=True)
def split_writeup(notebook: Notebook, choose: random.Random) -> Notebook:
    """jupyter/nbgrader#1083, row 11: a write-up split in two, both with its metadata."""
    place = pick(notebook, choose, lambda cell: is_writeup(cell) and text_of(cell).count("\n\n") > 1)
    if place is None:
        return notebook
    cell = notebook["cells"][place]
    paragraphs = text_of(cell).split("\n\n")
    cut = choose.randint(1, len(paragraphs) - 1)
    cell["source"] = "\n\n".join(paragraphs[:cut])
    return insert(notebook, place + 1, copied(cell, choose, "\n\n".join(paragraphs[cut:])))


@edit(named=True)
def split_solution_before_the_function(notebook: Notebook, choose: random.Random) -> Notebook:
    """ananke#12: a cell split between a line of the student's own and the function."""
    place = pick(notebook, choose, lambda cell: is_solution(cell) and text_of(cell).startswith("def "))
    if place is None:
        return notebook
    cell = notebook["cells"][place]
    return insert(notebook, place, copied(cell, choose, "my_own_number = 7"))


@edit(named=True, loses="code")
def split_solution_inside_the_function(notebook: Notebook, choose: random.Random) -> Notebook:
    """Row 11: a cell split in the middle of a function, so that its second half is no Python."""
    place = pick(notebook, choose, lambda cell: is_solution(cell) and text_of(cell).count("\n") > 3)
    if place is None:
        return notebook
    cell = notebook["cells"][place]
    lines = text_of(cell).rstrip().split("\n")
    cell["source"] = "\n".join(lines[:-1]) + "\n    pass"
    return insert(notebook, place + 1, copied(cell, choose, lines[-1]))


@edit(named=True)
def split_locked(notebook: Notebook, choose: random.Random) -> Notebook:
    """jupyter/nbgrader#1083: a locked cell is split."""
    place = pick(notebook, choose, lambda cell: is_locked(cell) and text_of(cell).count("\n") > 2)
    if place is None:
        return notebook
    cell = notebook["cells"][place]
    lines = text_of(cell).split("\n")
    cell["source"] = "\n".join(lines[:2])
    return insert(notebook, place + 1, copied(cell, choose, "\n".join(lines[2:])))
