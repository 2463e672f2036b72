"""Answers that are copied, or that stand elsewhere than asked."""

import copy
import random
import re

from tests.mangling.cells import (
    STUB_WRITEUP,
    Notebook,
    copied,
    edit,
    indices,
    insert,
    is_named,
    is_solution,
    is_writeup,
    label_of,
    new_cell,
    pick,
    remove,
    sections,
    stub_of,
    text_of,
)


def is_written(cell: dict) -> bool:
    """A write-up with an answer in it."""
    return is_writeup(cell) and len(text_of(cell)) > 250


def is_function(cell: dict) -> bool:
    """A solution that begins with its function and has a body."""
    return is_solution(cell) and text_of(cell).startswith("def ") and "NotImplementedError" not in text_of(cell)


def name_in(source: str) -> str:
    found = re.match(r"def (\w+)", source)
    return found.group(1) if found else ""


@edit(named=True)
def stub_copied_after(notebook: Notebook, choose: random.Random) -> Notebook:
    """Row 11: the released cell pasted again below the answer."""
    place = pick(notebook, choose, is_function)
    if place is None:
        return notebook
    cell = notebook["cells"][place]
    return insert(notebook, place + 1, copied(cell, choose, stub_of(text_of(cell))))


@edit(named=True)
def stub_copied_before(notebook: Notebook, choose: random.Random) -> Notebook:
    """Row 11: the released cell kept above the answer."""
    place = pick(notebook, choose, is_function)
    if place is None:
        return notebook
    cell = notebook["cells"][place]
    return insert(notebook, place, copied(cell, choose, stub_of(text_of(cell))))


def attempt(source: str) -> str:
    """A wrong first attempt at a function."""
    return (
        stub_of(source)
        .replace("    # Write your solution here and remove the next line.\n", "")
        .replace("raise NotImplementedError", "return None  # first attempt")
    )


@edit(named=True, loses="code")
def old_attempt_below(notebook: Notebook, choose: random.Random) -> Notebook:
    """Row 11: an old attempt copied below: of code the last counts."""
    place = pick(notebook, choose, is_function)
    if place is None:
        return notebook
    cell = notebook["cells"][place]
    return insert(notebook, place + 1, copied(cell, choose, attempt(text_of(cell))))


@edit(named=True)
def old_attempt_above(notebook: Notebook, choose: random.Random) -> Notebook:
    """Row 11: an old attempt kept above the answer."""
    place = pick(notebook, choose, is_function)
    if place is None:
        return notebook
    cell = notebook["cells"][place]
    return insert(notebook, place, copied(cell, choose, attempt(text_of(cell))))


@edit(named=True)
def copy_section(notebook: Notebook, choose: random.Random) -> Notebook:
    """jupyter/nbgrader#1083: a whole exercise copied to the end, to try things."""
    places = sections(notebook)
    if not places:
        return notebook
    first, last = choose.choice(places)
    twins = [copied(cell, choose) for cell in notebook["cells"][first:last]]
    return insert(notebook, len(notebook["cells"]), *twins)


@edit(named=True)
def copy_writeup(notebook: Notebook, choose: random.Random) -> Notebook:
    """jupyter/nbgrader#1083: a write-up copied below itself."""
    place = pick(notebook, choose, is_writeup)
    return notebook if place is None else insert(notebook, place + 1, copied(notebook["cells"][place], choose))


@edit(named=True)
def stub_writeup_copied(notebook: Notebook, choose: random.Random) -> Notebook:
    """Row 11: the released cell of a write-up pasted again, above or below the derivation."""
    place = pick(notebook, choose, is_written)
    if place is None:
        return notebook
    return insert(notebook, place + choose.randint(0, 1), copied(notebook["cells"][place], choose, STUB_WRITEUP))


@edit(named=True)
def writeup_in_a_fresh_cell(notebook: Notebook, choose: random.Random) -> Notebook:
    """Row 1: a write-up replaced by an identical cell without metadata."""
    place = pick(notebook, choose, is_written)
    if place is None:
        return notebook
    cell = notebook["cells"][place]
    notebook["cells"][place] = new_cell("markdown", text_of(cell), choose)
    return notebook


@edit(named=True)
def solution_in_a_fresh_cell(notebook: Notebook, choose: random.Random) -> Notebook:
    """TU-Wien-dataLAB/grader-service#213: an answer cell replaced by an identical cell without metadata."""
    place = pick(notebook, choose, is_function)
    if place is None:
        return notebook
    notebook["cells"][place] = new_cell("code", text_of(notebook["cells"][place]), choose)
    return notebook


@edit()
def helper_above(notebook: Notebook, choose: random.Random) -> Notebook:
    """moorepants/resonance#109: the work is done by a function in a new cell above."""
    place = pick(notebook, choose, is_function)
    if place is None:
        return notebook
    cell = notebook["cells"][place]
    source = text_of(cell)
    name = name_in(source)
    signature = re.match(r"def \w+\((.*?)\):", source)
    if not signature:
        return notebook
    helper = new_cell("code", source.replace(f"def {name}(", f"def my_{name}(", 1), choose)
    cell["source"] = f"def {name}({signature.group(1)}):\n    return my_{name}({signature.group(1)})"
    return insert(notebook, choose.randint(max(0, place - 3), place), helper)


@edit(named=True)
def writeup_in_a_cell_below(notebook: Notebook, choose: random.Random) -> Notebook:
    """Row 7: the stub left, the derivation in a new cell below."""
    place = pick(notebook, choose, is_written)
    if place is None:
        return notebook
    cell = notebook["cells"][place]
    below = new_cell("markdown", text_of(cell), choose)
    cell["source"] = STUB_WRITEUP
    return insert(notebook, place + choose.randint(1, 2), below)


@edit(named=True)
def writeup_at_the_end(notebook: Notebook, choose: random.Random) -> Notebook:
    """Row 7: the stub left, the derivation in a new cell at the end."""
    place = pick(notebook, choose, is_written)
    if place is None:
        return notebook
    cell = notebook["cells"][place]
    notebook["cells"].append(new_cell("markdown", text_of(cell), choose))
    cell["source"] = STUB_WRITEUP
    return notebook


@edit(named=True)
def writeup_in_the_statement(notebook: Notebook, choose: random.Random) -> Notebook:
    """Row 7: the stub left, the derivation appended to the locked statement."""
    place = pick(notebook, choose, is_written)
    if not place or not label_of(notebook["cells"][place - 1]).startswith("statement_"):
        return notebook
    statement, cell = notebook["cells"][place - 1 : place + 1]
    statement["source"] = f"{text_of(statement)}\n\n{text_of(cell)}"
    cell["source"] = STUB_WRITEUP
    return notebook


@edit()
def stub_line_left(notebook: Notebook, choose: random.Random) -> Notebook:
    """Section 1: a stub line left above a full derivation."""
    place = pick(notebook, choose, is_written)
    if place is not None:
        cell = notebook["cells"][place]
        cell["source"] = f"{STUB_WRITEUP}\n\n{text_of(cell)}"
    return notebook


@edit()
def swap_sections(notebook: Notebook, choose: random.Random) -> Notebook:
    """Cells dragged about: two exercises change their places."""
    places = sections(notebook)
    if len(places) < 2:
        return notebook
    (start, middle), (_, stop) = choose.choice(list(zip(places, places[1:], strict=False)))
    cells = notebook["cells"]
    cells[start:stop] = cells[middle:stop] + cells[start:middle]
    return notebook


@edit()
def move_a_cell(notebook: Notebook, choose: random.Random) -> Notebook:
    """jupyter/nbgrader#1819: a cell dragged to another place by mistake."""
    cells = notebook["cells"]
    places = indices(notebook, lambda cell: not is_solution(cell) and not is_writeup(cell))
    if places:
        place = choose.choice(places)
        target = max(0, min(len(cells) - 1, place + choose.choice([-4, -2, -1, 1, 2, 4])))
        cells.insert(target, cells.pop(place))
    return notebook


@edit()
def imports_at_the_end(notebook: Notebook, choose: random.Random) -> Notebook:
    """jupyter/nbgrader#424: the cell of imports dragged to the end."""
    place = pick(notebook, choose, is_named("imports"))
    if place is not None:
        notebook["cells"].append(notebook["cells"].pop(place))
    return notebook


@edit(named=True)
def solution_in_a_cell_below(notebook: Notebook, choose: random.Random) -> Notebook:
    """moorepants/resonance#109: the stub left, the function in a new cell below, perhaps below its check."""
    place = pick(notebook, choose, is_function)
    if place is None:
        return notebook
    cell = notebook["cells"][place]
    below = new_cell("code", text_of(cell), choose)
    cell["source"] = stub_of(text_of(cell))
    return insert(notebook, place + choose.randint(1, 3), below)


@edit()
def solution_below_its_check(notebook: Notebook, choose: random.Random) -> Notebook:
    """Small things: the function in a later cell than its check, run out of order."""
    place = pick(notebook, choose, is_function)
    if place is not None:
        cells = notebook["cells"]
        cells.insert(min(len(cells), place + 3), cells.pop(place))
    return notebook


@edit(named=True)
def solutions_gathered(notebook: Notebook, choose: random.Random) -> Notebook:
    """otter-grader#890: all functions in one new cell at the end, the stubs left."""
    places = indices(notebook, is_function)
    sources = [text_of(notebook["cells"][place]) for place in places]
    for place in places:
        notebook["cells"][place]["source"] = stub_of(text_of(notebook["cells"][place]))
    if sources:
        notebook["cells"].append(new_cell("code", "\n\n\n".join(sources), choose))
    return notebook


@edit(named=True)
def reversed_duplicates(notebook: Notebook, choose: random.Random) -> Notebook:
    """nbgrader#1083: a check copied above its own answer, to see that it fails."""
    place = pick(notebook, choose, is_function)
    if place is None:
        return notebook
    name = f"check_{label_of(notebook['cells'][place])}"
    checks = [copy.deepcopy(cell) for cell in notebook["cells"] if label_of(cell) == name]
    return insert(notebook, place, *checks[:1])


@edit()
def answers_at_the_top(notebook: Notebook, choose: random.Random) -> Notebook:
    """A write-up with its metadata cut and pasted at the top of the notebook."""
    place = pick(notebook, choose, is_written)
    if place is None:
        return notebook
    cell = notebook["cells"][place]
    return insert(remove(notebook, [place]), 0, cell)
