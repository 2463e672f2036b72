"""The write-ups of a notebook file, as text."""

import json
import re
from pathlib import Path

_STUB = re.compile(r"\*?Write your derivation here[^*\n]{0,400}\*?")
LARGEST_NOTEBOOK = 100_000_000


def read_cells(notebook: Path) -> dict[str, str]:
    """The text of the Markdown cells that are graded, by ``grade_id``.

    Raises
    ------
    ValueError
        If the file is no notebook; the message says why.
    """
    if not notebook.is_file():
        raise ValueError(f"{notebook}: there is no such file.")
    if notebook.stat().st_size > LARGEST_NOTEBOOK:
        raise ValueError(f"{notebook} is too large to be read.")
    try:
        content = json.loads(notebook.read_text(encoding="utf-8"))
        cells = [cell for cell in content["cells"] if cell["cell_type"] == "markdown"]
        graded = [(cell["metadata"].get("nbgrader", {}).get("grade_id"), "".join(cell["source"])) for cell in cells]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"{notebook} is no notebook: save it in Jupyter, and try again.") from error
    found: dict[str, list[str]] = {}
    for name, source in graded:
        if name:
            found.setdefault(name, []).append(source)
    # A cell that was split is there in pieces, which share their name.
    return {name: "\n\n".join(dict.fromkeys(filter(is_written, sources))) or sources[0] for name, sources in found.items()}


def is_written(source: str) -> bool:
    """Whether a write-up is more than the stub that students find."""
    return bool(without_stub(source).strip())


def without_stub(source: str) -> str:
    """A write-up without the line that students find in it, and may leave above what they write."""
    return _STUB.sub("", source)
