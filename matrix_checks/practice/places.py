"""Where in the saved notebook the derivation of a problem stands: between the cell that shows it and the cell that checks it."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from matrix_checks.derivations.notebooks import LARGEST_NOTEBOOK, without_stub


@dataclass(frozen=True)
class Place:
    """A derivation in a saved notebook.

    Attributes
    ----------
    notebook
        The file.
    text
        What stands in the Markdown cells, without the line that students find there.
    saved
        When the file was saved.
    """

    notebook: Path
    text: str
    saved: datetime


def find_derivation(level: int, folder: Path) -> Place | None:
    """The derivation for the problem of a level, in the notebook that was saved last; ``None`` where no notebook checks that level."""
    found: list[Place] = []
    for path in sorted(folder.glob("*.ipynb")):
        cells = _cells(path)
        places = [place for place, cell in enumerate(cells) if _checks(cell, level)]
        if places:
            # Of several blocks that were copied, the last one in which something is written.
            texts = [without_stub(_before(cells, place, level)) for place in places]
            text = next((each for each in reversed(texts) if each.strip()), "")
            found.append(Place(path, text, datetime.fromtimestamp(path.stat().st_mtime)))
    return max(found, key=lambda each: each.saved, default=None)


def _cells(path: Path) -> list[dict[str, Any]]:
    try:
        if path.stat().st_size > LARGEST_NOTEBOOK:
            return []
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return [{"type": cell["cell_type"], "source": "".join(cell["source"])} for cell in cells]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return []


def _checks(cell: dict[str, Any], level: int) -> bool:
    return (
        cell["type"] == "code"
        and re.search(rf"\bcheck_derivation\(\s*(?:level\s*=\s*)?{level}\s*[,)]", cell["source"], re.M) is not None
    )


def _before(cells: list[dict[str, Any]], end: int, level: int) -> str:
    """The Markdown behind the last cell that shows the problem; students may split the cell, or run code between."""
    start = max(
        (place for place in range(end) if cells[place]["type"] == "code" and _shows(cells[place]["source"], level)), default=-1
    )
    if start < 0:
        # The cell that shows it is gone: the Markdown cells next above, up to the last heading or code.
        while (start := start if start >= 0 else end) > 0 and _is_text(cells[start - 1]):
            start -= 1
        start -= 1
    texts = [cell["source"] for cell in cells[start + 1 : end] if cell["type"] == "markdown"]
    return "\n\n".join(texts)


def _is_text(cell: dict[str, Any]) -> bool:
    return cell["type"] == "markdown" and not cell["source"].lstrip().startswith("#")


def _shows(source: str, level: int) -> bool:
    return re.search(rf"practice\(\s*(?:level\s*=\s*)?{level}\b", source) is not None
