"""Whose notebook a file is, and whether a student wrote something in it: read tolerantly, whatever the bytes."""

import codecs
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

MOST_BYTES = 100_000_000
# A hundred megabytes of empty brackets would take gigabytes when read, and a student's notebook has some hundred cells.
_MOST_NESTED = 3_000_000
_MOST_CELLS = 50_000
# This share of an assignment's cells makes a notebook its own, whatever else was pasted into it.
_CLEARLY = 0.25
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DEFINED = re.compile(r"^[ \t]*(?:async[ \t]+)?def[ \t]+(\w+)[ \t]*\(|^(\w+)[ \t]*=(?!=)", re.MULTILINE)
_TEXT_DEFINED = re.compile(r"\bdef[ \t]+(\w{1,200})[ \t]*\(")
_TEXT_ID = re.compile(r'"(?:grade_id|id)"\s*:\s*"([^"\\]{1,200})"')


@dataclass(frozen=True)
class Wanted:
    """What makes a notebook the one of an assignment.

    Attributes
    ----------
    identifier, notebook
        The assignment's id and the file name of its notebook.
    grade_ids
        Of the instructor's notebook.
    stubs
        By ``grade_id``, what students find in each cell in which they write.
    functions
        Names of the functions that they write.
    released
        Texts of all cells as released, without blanks; with them, a text in a cell of a student's own is seen, too.
    shipped
        Names of the files that lie beside the released notebook.
    """

    identifier: str
    notebook: str
    grade_ids: frozenset[str]
    stubs: Mapping[str, str]
    functions: frozenset[str]
    released: frozenset[str] = frozenset()
    shipped: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Cell:
    """A cell as far as it can be made out: every name that it goes by, and its text."""

    names: tuple[str, ...]
    text: str
    kind: str


@dataclass(frozen=True)
class Contents:
    """What a file holds that may be a notebook.

    Attributes
    ----------
    readable
        Whether it is one; if not, names and functions are those that its text mentions.
    cells
        Its cells, where it is readable.
    names, functions
        Names of its cells, functions that it defines.
    """

    readable: bool
    cells: tuple[Cell, ...] = ()
    names: frozenset[str] = field(default=frozenset())
    functions: frozenset[str] = field(default=frozenset())


def wanted_of(identifier: str, notebook: str, instructor: bytes, released: bytes, shipped: frozenset[str] = frozenset()) -> Wanted:
    """What makes a notebook the one of an assignment, from the instructor's notebook and the released one.

    Parameters
    ----------
    identifier, notebook
        The assignment's id and the file name of its notebook.
    instructor, released
        Contents of the notebooks in ``source/`` and ``release/``.
    shipped
        Names of the files beside the released notebook.
    """
    source, release = json.loads(instructor), json.loads(released)
    own = [_nbgrader(cell) for cell in source["cells"]]
    stubs = {names["grade_id"]: _joined(cell["source"]) for cell in release["cells"] if (names := _nbgrader(cell)).get("solution")}
    return Wanted(
        identifier=identifier,
        notebook=notebook,
        grade_ids=frozenset(names["grade_id"] for names in own if "grade_id" in names),
        stubs=stubs,
        functions=frozenset(name for text in stubs.values() for name in _functions(text)),
        released=frozenset(squeezed(_joined(cell["source"])) for cell in release["cells"]),
        shipped=shipped,
    )


def may_be_notebook(path: str, content: bytes) -> bool:
    """Whether it is worth looking into a file: by its name, or because it begins as a notebook does, whatever its name."""
    return ".ipynb" in path.rsplit("/", 1)[-1].lower() or decoded(content[:200]).lstrip()[:1] == "{"


def contents(content: bytes) -> Contents:
    """Cells, names and functions of a file; of one that is no notebook, those that its text mentions."""
    text = decoded(content)
    try:
        data = json.loads(text) if text.count("{") + text.count("[") <= _MOST_NESTED else None
    except (ValueError, RecursionError):
        data = None
    cells = _cells(data)
    if cells is None:
        mentioned = frozenset(_TEXT_ID.findall(text))
        return Contents(False, names=mentioned, functions=frozenset(_TEXT_DEFINED.findall(text)))
    return Contents(
        True,
        cells,
        frozenset(name for cell in cells for name in cell.names),
        frozenset(name for cell in cells if cell.kind == "code" for name in _functions(cell.text)),
    )


def owner(found: Contents, wanted: Wanted, others: list[Wanted]) -> str | None:
    """The assignment whose cells a notebook carries; the wanted one, where it carries cells of several.

    Parameters
    ----------
    found
        What a file holds.
    wanted, others
        The assignment looked for, and the others of the course.
    """
    shares = {each.identifier: _share(found, each, [other for other in (wanted, *others) if other is not each]) for each in others}
    own = _share(found, wanted, others)
    if own and (own >= _CLEARLY or own >= max(shares.values(), default=0)):
        return wanted.identifier
    best = max(shares, key=shares.__getitem__, default=None)
    return best if best is not None and shares[best] else None


def is_answered(found: Contents, wanted: Wanted) -> bool:
    """Whether a cell in which students write holds something else than what they were given."""
    given = {squeezed(text) for text in wanted.stubs.values()} | {""}
    return any(
        squeezed(cell.text) not in given
        for cell in found.cells
        if not wanted.stubs.keys().isdisjoint(cell.names)
        or (cell.kind == "code" and not wanted.functions.isdisjoint(_functions(cell.text)))
    )


def has_own_text(found: Contents, wanted: Wanted) -> bool:
    """Whether a cell holds a text that was not released."""
    return bool(wanted.released) and any(squeezed(cell.text) not in wanted.released | {""} for cell in found.cells)


def decoded(content: bytes) -> str:
    """The text of a file in the encodings that editors write; what fits none is read letter by letter."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    # Without a mark, a notebook's first letter, a brace, tells the order of the bytes.
    start = content[:2]
    if start in (b"{\0", b"\0{"):
        return content.decode("utf-16-le" if start == b"{\0" else "utf-16-be", errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1251", errors="replace")


def squeezed(text: str) -> str:
    """A text without blanks: what editors change without anybody's doing."""
    return "".join(text.split())


def _share(found: Contents, wanted: Wanted, others: list[Wanted]) -> float:
    """Which part of the cells, or of the functions, that only this assignment has are there."""
    shares = [0.0]
    for own, present, foreign in (
        (wanted.grade_ids, found.names, [other.grade_ids for other in others]),
        (wanted.functions, found.functions, [other.functions for other in others]),
    ):
        distinct = own.difference(*foreign)
        shares.append(len(distinct & present) / len(distinct) if distinct else 0.0)
    return max(shares)


def _cells(data: object) -> tuple[Cell, ...] | None:
    """The cells of a notebook of any format, or None for what is none."""
    if not isinstance(data, dict):
        return None
    found = data.get("cells")
    if not isinstance(found, list):
        sheets = data.get("worksheets")
        if not isinstance(sheets, list):
            return None
        lists = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
        found = [cell for cells in lists if isinstance(cells, list) for cell in cells]
    return tuple(_cell(cell) for cell in found[:_MOST_CELLS] if isinstance(cell, dict))


def _cell(cell: dict) -> Cell:
    metadata = cell.get("metadata")
    names = (_nbgrader(cell).get("grade_id"), cell.get("id"), metadata.get("id") if isinstance(metadata, dict) else None)
    kind = cell.get("cell_type")
    return Cell(
        tuple(name for name in names if isinstance(name, str)),
        # Format 3 called the text of a code cell its input.
        _joined(cell.get("source", cell.get("input", ""))),
        kind if isinstance(kind, str) else "",
    )


def _nbgrader(cell: dict) -> dict:
    metadata = cell.get("metadata")
    found = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return found if isinstance(found, dict) else {}


def _joined(source: object) -> str:
    if isinstance(source, list):
        return "".join(line for line in source if isinstance(line, str))
    return source if isinstance(source, str) else ""


def _functions(text: str) -> set[str]:
    return {name for pair in _DEFINED.findall(text.replace("\r", "\n")) for name in pair if name}
