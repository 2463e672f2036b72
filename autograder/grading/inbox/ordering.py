"""A runnable order of a submission's cells: what is given comes before what needs it, a check behind the answer that it checks."""

import re
from functools import lru_cache

from nbformat import NotebookNode

from autograder.grading.inbox.original import Original, OriginalCell
from autograder.grading.inbox.recognition import Recognition
from autograder.grading.inbox.texts import bound_names, some, writes

_WORD = re.compile(r"\w+")


def in_order(cells: list[NotebookNode], found: Recognition, original: Original) -> list[str]:
    """Move the instructor's cells, in place, to where the notebook runs; returns a sentence for each kind of move.

    No cell of the student's is moved, for only its author knows what it builds on.
    """
    remarks = []
    back = _give_first(cells, found, original)
    if back:
        remarks.append(f"{some(back)} stood behind what needs {'it' if len(back) == 1 else 'them'}, and {_were(back)} moved up")
    down = _check_last(cells, found, original)
    if down:
        remarks.append(f"{some(down)} stood before the answer to be checked, and {_were(down)} moved behind it")
    return remarks


def _were(names: list[str]) -> str:
    return "was" if len(names) == 1 else "were"


def _give_first(cells: list[NotebookNode], found: Recognition, original: Original) -> list[str]:
    order = original.order
    moved = []
    # The last first: what one given cell needs of another is moved with it.
    for wanted in reversed(original.cells):
        gives = bound_names(wanted.text) if wanted.kind == "code" and not wanted.is_answer and not wanted.is_check else set()
        if not gives:
            continue
        behind = {cell.id for name, claimed in found.claims.items() if order[name] > order[wanted.name] for cell in claimed}
        users = [cell for cell in cells if cell.cell_type == "code" and not gives.isdisjoint(_words(cell.source))]
        cell = found.claims[wanted.name][0]
        place = _place(cells, cell)
        if any(_place(cells, user) < place for user in users if user.id in behind):
            first = min(_place(cells, user) for user in users)
            cells.insert(first, cells.pop(place))
            moved.append(wanted.name)
    return moved[::-1]


@lru_cache(maxsize=300)
def _words(source: str) -> frozenset[str]:
    return frozenset(_WORD.findall(source))


def _check_last(cells: list[NotebookNode], found: Recognition, original: Original) -> list[str]:
    moved = []
    for wanted in original.cells:
        check = found.claims[f"check_{wanted.name}"][0] if f"check_{wanted.name}" in found.claims else None
        if check is None or not (wanted.is_answer and wanted.kind == "code"):
            continue
        place = _place(cells, check)
        written = [number for number, cell in enumerate(cells) if cell.cell_type == "code" and _answers(cell, wanted)]
        if written and written[0] > place:
            cells.insert(written[-1], cells.pop(place))
            moved.append(f"check_{wanted.name}")
    return moved


def _answers(cell: NotebookNode, wanted: OriginalCell) -> bool:
    return any(writes(cell.source, name) for name in wanted.functions)


def _place(cells: list[NotebookNode], cell: NotebookNode) -> int:
    return next(place for place, each in enumerate(cells) if each is cell)
