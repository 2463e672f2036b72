"""Derivations, read by the trusted side from the text that was handed in."""

import json
import re
from contextvars import ContextVar
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder.grading.kept_reports import KeptReports, key_of
from autograder.pages.watchdog import TooMuchTime, bounded_time
from matrix_checks.derivations.judging.display import as_markdown, as_text
from matrix_checks.derivations.judging.report import Report
from matrix_checks.derivations.judging.writeups import read_writeup
from matrix_checks.derivations.notebooks import is_written, without_stub
from matrix_checks.derivations.values.declared_exercises import FILE, read_exercise
from matrix_checks.derivations.values.exercise import Exercise
from matrix_checks.derivations.values.lasting import forget

# Of computing, for one write-up.
SECONDS = 30.0
NOT_READ = "Not read: it took too long. A person decides."
_READS = re.compile(r'\s*check_writeup\("(\w+)"\)\s*')


@cache
def declared(file: Path) -> dict[str, Exercise]:
    """The exercises of an assignment; none where it declares none."""
    try:
        return _exercises(_content(file))
    except FileNotFoundError:
        return {}
    except (KeyError, ValueError) as error:
        raise ValueError(f"{file} cannot be read: build the course again.") from error


def report_on(file: Path, name: str, source: str) -> Report | None:
    """The report on a write-up of this text; ``None`` where it takes too long."""
    exercise, kept = declared(file)[name], _kept.get()
    if kept is None:
        return _report(exercise, source)
    key = key_of(_content(file), name, source)
    report = _found(key)
    if report is None:
        report = _report(exercise, source)
        if report is not None:
            kept.keep(key, report)
    return report


@lru_cache(maxsize=100)
def _found(key: str) -> Report | None:
    """The page and the suggestion ask for it in turn."""
    kept = _kept.get()
    return None if kept is None else kept.find(key)


def keep_reports_in(file: Path | None) -> None:
    """Keep what is read from now on, and use what was read before; ``None`` for neither."""
    _kept.set(None if file is None else KeptReports(file))
    _found.cache_clear()


# Of this process, as its worker is.
_kept: ContextVar[KeptReports | None] = ContextVar("kept", default=None)


@cache
def _content(file: Path) -> str:
    return file.read_text(encoding="utf-8")


@cache
def _exercises(content: str) -> dict[str, Exercise]:
    """Equal files have the same exercises, so that what is kept for one is there for the other: a copy of the course, a second run."""
    return {name: read_exercise(each) for name, each in json.loads(content).items()}


@lru_cache(maxsize=100)
def _report(exercise: Exercise, source: str) -> Report | None:
    """The page and the suggestion ask for it in turn."""
    try:
        with bounded_time(SECONDS):
            return read_writeup(without_stub(source), exercise)
    except TooMuchTime:
        for view in exercise.views:
            # What is kept for the write-ups that follow may have been left half made.
            forget(view)
        return None


def reads(source: str) -> bool:
    """Whether an instructor's cell shows what the reader makes of a derivation."""
    return _READS.fullmatch(source) is not None


def read_cell(source: str, notebook: NotebookNode, folder: Path) -> list[dict[str, Any]]:
    """The outputs of such a cell, made here: nothing that student code has changed can speak in its place.

    Parameters
    ----------
    source
        The instructor's text of the cell.
    notebook
        The submission.
    folder
        Of the instructor's notebook.
    """
    found = _READS.fullmatch(source)
    name = found[1] if found else ""
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown" and _grade_id(cell) == name]
    text = texts[-1] if texts else ""
    if name not in declared(folder / FILE):
        return []
    if not is_written(text):
        return [{"output_type": "stream", "name": "stdout", "text": f"{name} is not written yet.\n"}]
    report = report_on(folder / FILE, name, text)
    if report is None:
        return [{"output_type": "stream", "name": "stdout", "text": f"{NOT_READ}\n"}]
    data = {"text/markdown": as_markdown(report), "text/plain": as_text(report)}
    return [{"output_type": "display_data", "data": data, "metadata": {}}]


def _grade_id(cell: NotebookNode) -> str:
    grading = cell.metadata.get("nbgrader", {})
    return grading.get("grade_id", "")
