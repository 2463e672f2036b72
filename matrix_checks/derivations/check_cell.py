"""What the reader says of the write-ups of a notebook file, and the check cell that stands behind each in the student's notebook."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from matrix_checks.derivations.judging.display import as_markdown, as_text
from matrix_checks.derivations.judging.report import Report
from matrix_checks.derivations.judging.writeups import read_writeup
from matrix_checks.derivations.notebooks import is_written, read_cells, without_stub
from matrix_checks.derivations.values.declared_exercises import FILE, read_exercises
from matrix_checks.derivations.values.exercise import Exercise


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


def show_report(name: str, folder: Path) -> None:
    """Print what is true in the write-up of this name, or show it as Markdown in a notebook; see `matrix_checks.derivations.check_writeup`."""
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
