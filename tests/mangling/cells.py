"""What the edits share: a catalogue of them, and how they find their way about a notebook that may be damaged already.

An edit works on the parsed JSON of a notebook, as a list of dicts, because half of what it does is against the format.
An edit that finds nothing to work on leaves the notebook as it is.
"""

import copy
import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

STUB_LINE = "*Write your derivation here, in LaTeX between dollar signs"
PICTURE = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

Notebook = dict
Cell = dict
Change = Callable[[Notebook, random.Random], Notebook]


@dataclass(frozen=True)
class Edit:
    """A change that students or their tools make, and what it costs.

    loses   "code" or "writeup" where the text of an answer is gone afterwards, "both", or nothing
    named   whether the student must be told of it
    """

    name: str
    report: str
    change: Change
    loses: str
    named: bool

    def __call__(self, notebook: Notebook, choose: random.Random) -> Notebook:
        return self.change(notebook, choose)


@dataclass(frozen=True)
class Saving:
    """A way to save a notebook to a file, other than as UTF-8 in the current format."""

    name: str
    report: str
    change: Callable[[Notebook], bytes]

    def __call__(self, notebook: Notebook) -> bytes:
        return self.change(notebook)


EDITS: dict[str, Edit] = {}
SAVINGS: dict[str, Saving] = {}


def edit(*, loses: str = "", named: bool = False) -> Callable[[Change], Change]:
    """Enter an edit into the catalogue; its docstring names the report."""

    def enter(change: Change) -> Change:
        assert change.__doc__
        EDITS[change.__name__] = Edit(change.__name__, change.__doc__, change, loses, named)
        return change

    return enter


def saving(change: Callable[[Notebook], bytes]) -> Callable[[Notebook], bytes]:
    """Enter a way of saving into the catalogue."""
    assert change.__doc__
    SAVINGS[change.__name__] = Saving(change.__name__, change.__doc__, change)
    return change


def text_of(cell: Cell) -> str:
    """The text of a cell, whose source is a string, a list of lines, or missing."""
    source = cell.get("source") or ""
    return source if isinstance(source, str) else "".join(source)


def label_of(cell: Cell) -> str:
    """The ``grade_id`` of a cell, or nothing."""
    return ((cell.get("metadata") or {}).get("nbgrader") or {}).get("grade_id", "")


def flags_of(cell: Cell) -> dict:
    """What nbgrader's metadata of a cell say."""
    return (cell.get("metadata") or {}).get("nbgrader") or {}


def indices(notebook: Notebook, wanted: Callable[[Cell], object]) -> list[int]:
    """Where the cells of one kind stand."""
    return [index for index, cell in enumerate(notebook["cells"]) if wanted(cell)]


def is_writeup(cell: Cell) -> bool:
    return bool(flags_of(cell).get("solution") and flags_of(cell).get("grade"))


def is_solution(cell: Cell) -> bool:
    return bool(flags_of(cell).get("solution") and not flags_of(cell).get("grade"))


def is_check(cell: Cell) -> bool:
    return label_of(cell).startswith("check_")


def is_locked(cell: Cell) -> bool:
    return bool(flags_of(cell).get("locked"))


def is_named(*beginnings: str) -> Callable[[Cell], bool]:
    """Whether the ``grade_id`` of a cell begins in one of these ways."""
    return lambda cell: label_of(cell).startswith(beginnings)


def is_prose(cell: Cell) -> bool:
    return cell["cell_type"] == "markdown" and not label_of(cell)


def pick(notebook: Notebook, choose: random.Random, wanted: Callable[[Cell], object]) -> int | None:
    """The place of one cell of a kind."""
    places = indices(notebook, wanted)
    return choose.choice(places) if places else None


def remove(notebook: Notebook, places: Iterable[int | None]) -> Notebook:
    """The notebook without some cells."""
    gone = set(places)
    notebook["cells"] = [cell for index, cell in enumerate(notebook["cells"]) if index not in gone]
    return notebook


def new_cell(kind: str, source: str, choose: random.Random, **metadata) -> Cell:
    """A cell as an editor makes one."""
    cell = {"cell_type": kind, "id": f"{choose.getrandbits(32):08x}", "metadata": dict(metadata), "source": source}
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def copied(cell: Cell, choose: random.Random, source: str | None = None) -> Cell:
    """A copy of a cell with its metadata and an id of its own, as JupyterLab pastes it."""
    twin = copy.deepcopy(cell) | {"id": f"{choose.getrandbits(32):08x}"}
    return twin if source is None else twin | {"source": source}


def insert(notebook: Notebook, place: int, *cells: Cell) -> Notebook:
    notebook["cells"][place:place] = cells
    return notebook


def change_kind(cell: Cell, kind: str) -> None:
    """Make a cell one of another kind, as the menu of an editor does."""
    cell["cell_type"] = kind
    for key in ("outputs", "execution_count"):
        cell.pop(key, None)
    if kind == "code":
        cell |= {"outputs": [], "execution_count": None}


def stub_of(solution: str) -> str:
    """The released text of a solution: its signature, its docstring and no body."""
    head = re.match(r'def .*?:\n(    """.*?"""\n)?', solution, flags=re.DOTALL)
    start = head.group(0) if head else "def nothing():\n"
    return start + "    # Write your solution here and remove the next line.\n    raise NotImplementedError"


STUB_WRITEUP = f"{STUB_LINE}, and remove this line. State the shape of every matrix that you introduce.*"


def sections(notebook: Notebook) -> list[tuple[int, int]]:
    """Where the exercises are: from each statement to the cell before the next one."""
    starts = indices(notebook, is_named("statement_")) + [len(notebook["cells"])]
    return list(zip(starts, starts[1:], strict=False))
