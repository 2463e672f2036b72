"""The write-ups of a notebook file, and the check cell that stands behind each in the student's notebook."""

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from matrix_checks.derivations.judging.display import as_markdown, as_text
from matrix_checks.derivations.judging.reader import read_writeup
from matrix_checks.derivations.judging.report import Report
from matrix_checks.derivations.values.exercise import FILE, Exercise, read_exercises

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


def read_reports(notebook: Path, exercises: dict[str, Exercise]) -> dict[str, Report | None]:
    """A report for each write-up of a notebook; ``None`` where nothing is written yet.

    Raises
    ------
    ValueError
        If the file is no notebook, or holds none of the exercises' write-ups.
    """
    cells = {name: source for name, source in read_cells(notebook).items() if name in exercises}
    if not cells:
        raise ValueError(f"{notebook} holds no write-up of this course: its cells carry other names, or none.")
    return {
        name: read_writeup(without_stub(source), exercises[name]) if is_written(source) else None for name, source in cells.items()
    }


def check_writeup(name: str, folder: Path | str = ".") -> None:
    """Show what is true in a write-up, from the notebook as it was last saved.

    Parameters
    ----------
    name
        The ``grade_id`` of the write-up's cell.
    folder
        Where the notebook lies.
    """
    folder = Path(folder)
    found = [path for path in folder.glob("*.ipynb") if name in _cells_or_none(path)]
    if not found or not (folder / FILE).is_file():
        print("There is no saved notebook with this write-up here, so it was not read.")
        return
    notebook = max(found, key=lambda path: path.stat().st_mtime)
    source = read_cells(notebook)[name]
    saved = datetime.fromtimestamp(notebook.stat().st_mtime)
    if not is_written(source):
        age = _ago(datetime.now() - saved)
        print(f"{notebook.name}: the saved file ({age} old) has no write-up yet: press Ctrl+S, then run this cell again.")
        return
    print(f"{notebook.name}, as it was saved on {saved:%d %B at %H:%M:%S}. Save the notebook to have later changes read.")
    report = read_writeup(without_stub(source), read_exercises(folder / FILE)[name])
    _show(as_markdown(report), as_text(report))


def _ago(time: timedelta) -> str:
    """How long something took, in its largest unit."""
    seconds = max(int(time.total_seconds()), 0)
    for unit, size in (("days", 86_400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * size or (unit != "days" and seconds >= size):
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


def _cells_or_none(path: Path) -> dict[str, Any]:
    try:
        return read_cells(path)
    except ValueError:
        return {}


def _show(markdown: str, text: str) -> None:
    try:
        from IPython import get_ipython
        from IPython.display import display
    except ImportError:
        get_ipython = None
    if get_ipython is None or get_ipython() is None:
        print(text)
    else:
        display({"text/markdown": markdown, "text/plain": text}, raw=True)
