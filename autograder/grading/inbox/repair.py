"""Making a valid notebook of what editors save and people open every day, whatever nbformat says of it.

Nothing that a student wrote is left out: texts and attachments stay. Outputs go, for they are made anew, and so does all that
only concerns them.
"""

import copy
import re
import warnings
from typing import Any

import nbformat
from nbformat import NotebookNode, current_nbformat, current_nbformat_minor

# What cells of each kind have beside their texts.
CELLS: dict[str, dict[str, Any]] = {"code": {"execution_count": None, "outputs": []}, "markdown": {}, "raw": {}}
# Names of earlier formats, and of other programs.
KINDS = {"heading": "markdown", "text": "markdown", "html": "markdown", "plaintext": "raw"}
# Of a cell's metadata, what somebody behind may want to know.
KEPT = ("nbgrader", "id")
_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
MOST_CELLS = 20_000
LONGEST_SOURCE = 10_000_000


class NoNotebook(ValueError):
    """What was handed in is no notebook; the message says why in one sentence."""


def repaired(data: Any) -> tuple[NotebookNode, list[str]]:
    """A valid notebook of the newest format, without outputs, and a sentence for each loss of form.

    Parameters
    ----------
    data
        What a JSON text of a notebook holds.

    Raises
    ------
    NoNotebook
        If there are no cells to be found in it.
    """
    remarks: list[str] = []
    cells, old = _cells(data)
    made: list[NotebookNode] = []
    used: set[str] = set()
    for cell in cells[:MOST_CELLS]:
        new = _cell(cell, old, remarks)
        if new is not None:
            new.id = _identifier(cell, used, len(made))
            used.add(new.id)
            made.append(new)
    if len(cells) > MOST_CELLS:
        remarks.append(f"the notebook has {len(cells)} cells, and those after the first {MOST_CELLS} were left out")
    # As nbformat's own maker does it, which checks the whole once more.
    notebook = NotebookNode(
        nbformat=current_nbformat, nbformat_minor=current_nbformat_minor, metadata=nbformat.from_dict(_metadata(data)), cells=made
    )
    if not _is_valid(data):
        remarks.append("the file was not quite a notebook, and was repaired; nothing that was written in it was left out")
    return notebook, list(dict.fromkeys(remarks))


def _is_valid(data: dict) -> bool:
    try:
        # What nbformat would warn of is repaired here, and named in the course's own words.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            nbformat.validate(nbformat.from_dict(data))
    except Exception:  # Whatever it is, it was repaired.
        return False
    return True


def _cells(data: Any) -> tuple[list, bool]:
    """The cells of a notebook, and whether its format is older than the fourth."""
    if not isinstance(data, dict):
        raise NoNotebook("it holds no notebook but some other data")
    if isinstance(data.get("cells"), list):
        return data["cells"], False
    sheets = data.get("worksheets")
    if isinstance(sheets, list):
        lists = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
        return [cell for cells in lists if isinstance(cells, list) for cell in cells], True
    raise NoNotebook("it holds no cells")


def _cell(cell: Any, old: bool, remarks: list[str]) -> NotebookNode | None:
    if not isinstance(cell, dict):
        remarks.append("something among the cells that is no cell was left out")
        return None
    kind = cell.get("cell_type")
    kind = KINDS.get(kind, kind) if isinstance(kind, str) else None
    if kind not in CELLS:
        remarks.append("a cell of an unknown kind was read as text")
        kind = "markdown"
    source = _text(cell.get("input", cell.get("source")) if old and kind == "code" else cell.get("source"))
    if old and cell.get("cell_type") == "heading":
        source = "#" * (cell["level"] if isinstance(cell.get("level"), int) and 0 < cell["level"] < 7 else 1) + " " + source
    if len(source) > LONGEST_SOURCE:
        remarks.append("a cell was too long to be read, and was cut")
        source = source[:LONGEST_SOURCE]
    metadata = cell.get("metadata")
    kept = {name: metadata[name] for name in KEPT if name in metadata} if isinstance(metadata, dict) else {}
    if not isinstance(kept.get("nbgrader", {}), dict):
        del kept["nbgrader"]
    new = new_cell(kind, source, metadata=kept)
    attachments = _attachments(cell.get("attachments"))
    if attachments and kind == "markdown":
        new.attachments = nbformat.from_dict(attachments)
    return new


def new_cell(kind: str, source: str, identifier: str = "", metadata: dict | None = None) -> NotebookNode:
    """A cell without outputs. nbformat's own makers check each against a schema, which takes longer than all the rest."""
    return NotebookNode(
        cell_type=kind, id=identifier, source=source, metadata=nbformat.from_dict(metadata or {}), **copy.deepcopy(CELLS[kind])
    )


def _text(source: Any) -> str:
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        return ""
    # A lone half of a pair of code units can be in JSON, and in no file; line ends are those of any editor.
    return source.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\r\n", "\n").replace("\r", "\n")


def _attachments(value: Any) -> dict[str, dict[str, str]]:
    """Pictures that were pasted into a cell: by name, by kind, as base64 text."""
    if not isinstance(value, dict):
        return {}
    found = {}
    for name, bundle in value.items():
        if isinstance(bundle, dict):
            texts = {kind: "".join(text) if _is_lines(text) else text for kind, text in bundle.items()}
            found[name] = {kind: text for kind, text in texts.items() if isinstance(text, str)}
    return found


def _is_lines(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(line, str) for line in value)


def _identifier(cell: dict, used: set[str], place: int) -> str:
    own = cell.get("id")
    if isinstance(own, str) and _ID.fullmatch(own) and own not in used:
        return own
    return next(name for number in range(len(used) + 1) if (name := f"cell-{place}-{number}") not in used)


def _metadata(data: dict) -> dict:
    """Of the notebook's metadata, the kernel: all else is about editors, widgets and outputs."""
    metadata = data.get("metadata")
    kernel = metadata.get("kernelspec") if isinstance(metadata, dict) else None
    name = kernel.get("name") if isinstance(kernel, dict) else None
    name = name if isinstance(name, str) and name else ""
    return {"kernelspec": {"name": name, "display_name": name or "unknown"}} if name else {}
